import type { Table } from '../option.ts';

export const limits = {
  description:
    'What a program gone wrong or a stolen key cannot do: more is refused with 429. Offers are left to [caps]. 0 takes a limit away.',
  options: {
    recipientPerHour: limit('Messages to one number in an hour, from all keys.', 5),
    recipientPerDay: limit('Messages to one number in 24 hours, from all keys.', 20),
    otpPerTenMinutes: limit('Codes to one number in ten minutes, from all keys.', 3),
    adjacentNumbers: limit(
      'Different numbers next to each other (less than a hundred apart) in ten minutes. At this many no more goes to numbers like these for an hour, and the event limits.adjacentNumbers says so. Offers do not count.',
      10,
    ),
  },
} as const satisfies Table;

function limit<const Default extends number>(description: string, most: Default) {
  return {
    type: 'integer',
    description,
    since: '0.1.0',
    unit: 'messages',
    default: most,
    example: most,
    minimum: 0,
    maximum: 100_000,
  } as const;
}
