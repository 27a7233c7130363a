import { type Static, Type } from 'typebox';
import { ROLES } from '../../store/records/user.ts';
import { Instant, NOT_BLANK, Nullable, OneOf } from './common.ts';

const ROLES_ARE =
  '`owner` may do everything; `desk` sends, and reads what was sent and what clients wrote; `readOnly` reads that; `technician` looks after modems and sending, and sees no text and only masked numbers.';

/** @param minLength 1 where it is compared, more where it is chosen */
export const password = (minLength: number) =>
  Type.String({ minLength, maxLength: 200, description: 'Ten characters at least; the longer the better.' });
export const Code = Type.String({
  minLength: 1,
  maxLength: 40,
  description:
    'Six digits, as the app shows them now, or a recovery code. Each counts once; blanks, hyphens and small letters are allowed.',
});
const Name = Type.String({ ...NOT_BLANK, maxLength: 60, description: 'What the user logs in with; upper and lower case are the same.' });

export const User = Type.Object(
  {
    id: Type.String(),
    name: Type.String(),
    role: OneOf(ROLES, { description: ROLES_ARE }),
    secondFactor: Type.Boolean({ description: 'Whether logging in takes a code as well as the password.' }),
    createdAt: Instant('When it was made.'),
  },
  {
    $id: 'User',
    additionalProperties: false,
    description: 'Somebody who uses the box with a name and a password.',
    examples: [
      { id: 'usr_5f0c1d2e3a4b5c6d7e8f9a0b', name: 'Olena', role: 'desk', secondFactor: false, createdAt: '2026-11-22T10:00:00.000Z' },
    ],
  },
);
export type User = Static<typeof User>;

export const CreateUser = Type.Object(
  { name: Name, password: password(10), role: OneOf(ROLES, { description: ROLES_ARE }) },
  { $id: 'CreateUser', additionalProperties: false, examples: [{ name: 'Olena', password: 'correct horse battery', role: 'desk' }] },
);

export const ChangeUser = Type.Object(
  { password: Type.Optional(password(10)), role: Type.Optional(OneOf(ROLES, { description: ROLES_ARE })) },
  { $id: 'ChangeUser', additionalProperties: false, minProperties: 1, examples: [{ role: 'readOnly' }] },
);

export const UserRemoved = Type.Object(
  { id: Type.String(), removed: Type.Literal(true) },
  { $id: 'UserRemoved', additionalProperties: false, description: 'The user may not log in any more.' },
);

export const UserParams = Type.Object({ id: Type.String({ description: 'As `GET /v1/users` gave it.' }) });

export const Login = Type.Object(
  { name: Type.String({ minLength: 1, maxLength: 60 }), password: password(1), code: Type.Optional(Code) },
  { $id: 'Login', additionalProperties: false, examples: [{ name: 'Olena', password: 'correct horse battery' }] },
);

export const OwnPassword = Type.Object(
  { current: password(1), password: password(10) },
  {
    $id: 'OwnPassword',
    additionalProperties: false,
    examples: [{ current: 'correct horse battery', password: 'staple and correct horse' }],
  },
);

export const SetUp = Type.Object(
  { token: Type.String({ maxLength: 100, description: 'From the log of the daemon.' }), name: Name, password: password(10) },
  {
    $id: 'SetUp',
    additionalProperties: false,
    examples: [{ token: '00112233445566778899aabbccddeeff', name: 'Olena', password: 'correct horse battery' }],
  },
);

export const Session = Type.Object(
  {
    id: Type.String({ description: 'Of the user, or of the API key.' }),
    name: Type.String(),
    role: Nullable(OneOf(ROLES), { description: 'Null for an API key.' }),
    scopes: Type.Array(Type.String(), { description: 'What it may do.' }),
    csrfToken: Nullable(Type.String(), {
      description: 'To be sent in the header `X-CSRF-Token` with all but GET, with the cookie; null for an API key, which needs none.',
    }),
  },
  {
    $id: 'Session',
    additionalProperties: false,
    description: 'Who asks.',
    examples: [
      {
        id: 'usr_5f0c1d2e3a4b5c6d7e8f9a0b',
        name: 'Olena',
        role: 'desk',
        scopes: ['send', 'read:all'],
        csrfToken: 'Zk3vQ9m2Xc7bN1aS5dF8gH0jK4lP6oI2uY9tR3eW7qA',
      },
    ],
  },
);
export type Session = Static<typeof Session>;

export const SessionEnded = Type.Object(
  { ended: Type.Literal(true) },
  { $id: 'SessionEnded', additionalProperties: false, description: 'The cookie opens nothing any more.' },
);
