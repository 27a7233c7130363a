import { type Static, Type } from 'typebox';
import { OneOf } from './common.ts';

/** How a list is to be written. */
export const CsvQuery = Type.Object(
  {
    separator: Type.Optional(OneOf(['comma', 'semicolon', 'tab'], { default: 'comma', description: 'Between the cells.' })),
    excel: Type.Optional(
      OneOf(['true', 'false'], {
        description: 'For a spreadsheet: numbers are guarded by an apostrophe too, and a byte order mark stands first.',
        default: 'false',
      }),
    ),
  },
  { additionalProperties: false },
);
export type CsvQuery = Static<typeof CsvQuery>;
