import { Type } from 'typebox';
import { Instant, OneOf, Shared } from './common.ts';

export const Missed = Type.Object(
  {
    dueAt: Instant('When it should have gone.'),
    message: Shared('Message'),
  },
  {
    $id: 'Missed',
    additionalProperties: false,
    description: 'A message whose time came while the box was off. It is `held` with reason `missed` until a person decides.',
  },
);

export const DecideMissed = Type.Object(
  {
    as: OneOf(['send', 'leave'], {
      description: '`send`: it goes now, and is worth sending as long again as it was. `leave`: it ends as `expired`, reason `missed`.',
    }),
  },
  { $id: 'DecideMissed', additionalProperties: false, examples: [{ as: 'send' }] },
);
