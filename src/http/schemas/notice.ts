import { type Static, Type } from 'typebox';

/** What `backup.failed`, `store.restored`, `limits.adjacentNumbers` and `replies.many` tell. */
export const Notice = Type.Object(
  { detail: Type.String({ description: 'One sentence: what happened, and what to do.' }) },
  { $id: 'Notice', additionalProperties: false, description: 'What happened to the box itself.' },
);
export type Notice = Static<typeof Notice>;
