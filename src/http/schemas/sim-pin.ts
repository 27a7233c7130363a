import { Type } from 'typebox';

export const GivePin = Type.Object(
  {
    pin: Type.String({ pattern: '^[0-9]{4,8}$', description: '4 to 8 digits.' }),
    switchOff: Type.Optional(Type.Boolean({ description: 'Also has the SIM ask for it no more.' })),
  },
  { $id: 'GivePin', additionalProperties: false, examples: [{ pin: '0000', switchOff: true }] },
);

export const PinTaken = Type.Object(
  { asksAgain: Type.Boolean({ description: 'Whether the SIM will ask for it again, once it was without power.' }) },
  { $id: 'PinTaken', additionalProperties: false, examples: [{ asksAgain: false }] },
);
