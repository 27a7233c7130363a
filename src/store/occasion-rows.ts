import type { MessageStatus } from './records/message.ts';
import type { Answer, Attendance, Occasion, OccasionStep, OccasionView, Question, Repeats, Saying, StepState } from './records/occasion.ts';

/** Occasions as SQLite has them. */

export interface OccasionRow {
  readonly seq: number;
  readonly id: string;
  readonly keyId: string;
  readonly kind: string;
  readonly externalId: string;
  readonly recipient: string;
  readonly contact: string | null;
  readonly name: string | null;
  readonly language: string | null;
  readonly timeZone: string | null;
  readonly startsAt: number | null;
  readonly allDay: number;
  readonly repeats: string | null;
  readonly status: string | null;
  readonly statusAt: number;
  readonly resource: string | null;
  readonly data: string;
  readonly slots: string;
  readonly question: string | null;
  readonly answer: Answer | null;
  readonly attendance: Attendance | null;
  readonly moves: number;
  readonly heardAt: number | null;
  readonly createdAt: number;
  readonly changedAt: number;
}

/** @param of the table, where it has a name in the statement */
export const occasionColumns = (of = ''): string =>
  [
    'seq',
    'id',
    'key_id AS keyId',
    'kind',
    'external_id AS externalId',
    'recipient',
    'contact',
    'name',
    'language',
    'time_zone AS timeZone',
    'starts_at AS startsAt',
    'all_day AS allDay',
    'repeats',
    'status',
    'status_at AS statusAt',
    'resource',
    'data',
    'slots',
    'question',
    'answer',
    'attendance',
    'moves',
    'heard_at AS heardAt',
    'created_at AS createdAt',
    'changed_at AS changedAt',
  ]
    .map((column) => `${of}${column}`)
    .join(', ');

export interface StepRow {
  readonly seq: number;
  readonly instance: string;
  readonly step: string;
  readonly state: StepState;
  readonly reason: string | null;
  readonly dueAt: number;
  readonly takeAt: number | null;
  readonly joins: string | null;
  readonly revision: number;
  readonly messageId: string | null;
  readonly about: number | null;
  readonly variant: string | null;
  readonly saying: string | null;
}

export const STEP_COLUMNS =
  's.seq, s.instance, s.step, s.state, s.reason, s.due_at AS dueAt, s.take_at AS takeAt, s.joins, s.revision, s.message_id AS messageId, s.about, s.variant, s.saying';

const read = <T>(json: string): T => JSON.parse(json);

export function occasionOf(row: OccasionRow): Occasion {
  const { seq: _seq, recipient, ...rest } = row;
  return {
    ...rest,
    to: recipient,
    allDay: row.allDay === 1,
    repeats: row.repeats === null ? null : read<Repeats>(row.repeats),
    data: read<Occasion['data']>(row.data),
    slots: read<number[]>(row.slots),
    question: row.question === null ? null : read<Question>(row.question),
  };
}

export function stepOf({ takeAt: _takeAt, joins: _joins, saying, ...row }: StepRow): OccasionStep {
  return { ...row, saying: saying === null ? null : read<Saying>(saying) };
}

export const viewOf = (
  row: OccasionRow,
  steps: readonly (StepRow & { readonly messageStatus: MessageStatus | null })[],
  rating: number | null,
): OccasionView => ({
  ...occasionOf(row),
  steps: steps.map(({ messageStatus, ...step }) => ({ ...stepOf(step), messageStatus })),
  rating,
});
