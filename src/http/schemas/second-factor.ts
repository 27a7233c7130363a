import { type Static, Type } from 'typebox';
import { Code, password } from './user.ts';

export const SecondFactor = Type.Object(
  {
    on: Type.Boolean({ description: 'Whether logging in takes a code as well as the password.' }),
    recoveryCodesLeft: Type.Integer({ minimum: 0, description: 'Recovery codes that were not used yet.' }),
  },
  {
    $id: 'SecondFactor',
    additionalProperties: false,
    description: 'What the user of this session shows besides the password.',
    examples: [{ on: true, recoveryCodesLeft: 10 }],
  },
);
export type SecondFactor = Static<typeof SecondFactor>;

export const BeginSecondFactor = Type.Object(
  { current: password(1) },
  { $id: 'BeginSecondFactor', additionalProperties: false, examples: [{ current: 'correct horse battery' }] },
);

export const NewSecondFactor = Type.Object(
  {
    secret: Type.String({ description: '160 bits in base32, to be typed into an app.' }),
    uri: Type.String({ description: 'The same as an `otpauth://` address, to be shown to the app as a QR code.' }),
  },
  {
    $id: 'NewSecondFactor',
    additionalProperties: false,
    description:
      'What an app makes codes of (RFC 6238: SHA-1, six digits, 30 seconds). It is told this once, and counts when a code has confirmed it.',
    examples: [
      {
        secret: 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ',
        uri: 'otpauth://totp/Olena?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Clinic',
      },
    ],
  },
);
export type NewSecondFactor = Static<typeof NewSecondFactor>;

export const ConfirmSecondFactor = Type.Object(
  { code: Code },
  { $id: 'ConfirmSecondFactor', additionalProperties: false, examples: [{ code: '287082' }] },
);

export const RecoveryCodes = Type.Object(
  { recoveryCodes: Type.Array(Type.String()) },
  {
    $id: 'RecoveryCodes',
    additionalProperties: false,
    description: 'Each opens once in place of a code of the app. They are told this once; only hashes of them are kept.',
    examples: [{ recoveryCodes: ['GEZD-GNBV-GY3T-QOJQ', 'MFRG-GZDF-MZTW-Q2LK'] }],
  },
);
export type RecoveryCodes = Static<typeof RecoveryCodes>;

export const EndSecondFactor = Type.Object(
  { current: password(1), code: Code },
  { $id: 'EndSecondFactor', additionalProperties: false, examples: [{ current: 'correct horse battery', code: '287082' }] },
);
