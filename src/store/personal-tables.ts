/**
 * Where the store knows a person by a number: every table stands in one of the two lists, which a test holds against the schema,
 * so that none is forgotten in an export or an erasure (X25).
 */
export interface PersonalTable {
  readonly table: string;
  /** Which rows are about `@number`. */
  readonly where: string;
  /**
   * What an erasure does with them: `delete` them, or SET this; `keep` where nothing in them says who it was. `@alias` stands for the
   * person from then on: the same in all tables, so that histories and totals stay what they were.
   */
  readonly erase: string;
  /** Columns that tell a person nothing and somebody else too much. */
  readonly hidden?: readonly string[];
}

const MESSAGES_OF = 'SELECT seq FROM messages WHERE recipient = @number';
const INBOUND_OF = 'SELECT seq FROM inbound WHERE sender = @number OR mms_from = @number';
const ATTEMPTS_OF =
  'SELECT a.id FROM messages m CROSS JOIN attempts a ON a.id BETWEEN m.seq * 1048576 AND m.seq * 1048576 + 1048575 WHERE m.recipient = @number';
const CALLS_OF = 'SELECT seq FROM calls WHERE caller = @number';
const OCCASIONS_OF = 'SELECT seq FROM occasions WHERE recipient = @number';
// By what they show: the occasion may be gone by now, or another's.
const OCCASION_EVENTS_OF = "SELECT seq FROM occasion_events WHERE json_extract(shown, '$.occasion.to') = @number";
const DIALOGUES_OF = 'SELECT seq FROM dialogues WHERE contact = @number';
const CONTACTS_OF = "SELECT contact_seq FROM contact_index WHERE kind = 'number' AND value = @number";
const EVENTS_OF = `SELECT seq FROM events WHERE message_seq IN (${MESSAGES_OF}) UNION ALL SELECT seq FROM events WHERE inbound_seq IN (${INBOUND_OF})
  UNION ALL SELECT seq FROM events WHERE call_seq IN (${CALLS_OF}) UNION ALL SELECT seq FROM events WHERE occasion_event_seq IN (${OCCASION_EVENTS_OF})
  UNION ALL SELECT seq FROM events WHERE EXISTS (${DIALOGUES_OF}) AND dialogue IS NOT NULL AND json_extract(dialogue, '$.contact') = @number`;

/** In the order of an erasure: what is found through others comes before those. */
export const PERSONAL_TABLES: readonly PersonalTable[] = [
  { table: 'outbox', where: `event_seq IN (${EVENTS_OF})`, erase: 'keep', hidden: ['endpoint', 'error'] },
  {
    table: 'events',
    where: `seq IN (${EVENTS_OF})`,
    erase: "dialogue = iif(dialogue IS NULL, NULL, json_set(dialogue, '$.contact', @alias, '$.fields', json('{}')))",
  },
  { table: 'reports', where: `recipient = @number OR attempt_id IN (${ATTEMPTS_OF})`, erase: "recipient = @alias, pdu = ''" },
  { table: 'attempts', where: `id IN (${ATTEMPTS_OF})`, erase: 'keep' },
  { table: 'segments', where: `message_seq IN (${MESSAGES_OF})`, erase: 'keep' },
  {
    table: 'message_texts',
    where: `message_seq IN (${MESSAGES_OF})`,
    // The CRC of the message is set anew with its number.
    erase: "text = '', sent_text = NULL, reference = NULL, crc = NULL, erased_at = coalesce(erased_at, @now)",
    hidden: ['crc', 'message_crc'],
  },
  {
    table: 'own_replies',
    where: `recipient = @number OR inbound_seq IN (${INBOUND_OF})`,
    erase: "recipient = @alias, text = NULL, outcome = coalesce(outcome, 'erased')",
  },
  {
    table: 'received',
    where: `sender = @number OR inbound_seq IN (${INBOUND_OF})`,
    erase: "sender = @alias, text = '', pdu = '', pdu_hash = 0",
    hidden: ['pdu_hash'],
  },
  {
    table: 'inbound',
    where: 'sender = @number OR mms_from = @number',
    erase:
      'sender = iif(sender = @number, @alias, sender), mms_from = iif(mms_from IS NULL, NULL, @alias), text = NULL, problem = NULL, followed = 1, erased_at = coalesce(erased_at, @now)',
  },
  {
    table: 'campaign_links',
    where: '(campaign_seq, n) IN (SELECT campaign_seq, n FROM campaign_recipients WHERE recipient = @number)',
    erase: 'keep',
    hidden: ['token'],
  },
  { table: 'calls', where: 'caller = @number', erase: 'caller = @alias' },
  { table: 'tasks', where: 'contact = @number', erase: 'contact = @alias, text = NULL' },
  { table: 'consents', where: 'recipient = @number', erase: 'recipient = @alias' },
  { table: 'codes', where: 'recipient = @number', erase: 'recipient = @alias, mac = NULL', hidden: ['mac', 'boot_id', 'ends_at'] },
  { table: 'sim_recipients', where: 'recipient = @number', erase: 'recipient = @alias' },
  {
    table: 'occasion_events',
    where: `occasion_seq IN (${OCCASIONS_OF})`,
    erase:
      "shown = json_set(shown, '$.occasion.to', @alias, '$.occasion.name', NULL, '$.occasion.contact', NULL, '$.occasion.data', json('{}'))",
  },
  {
    table: 'occasion_steps',
    where: `occasion_seq IN (${OCCASIONS_OF})`,
    erase:
      "saying = NULL, joins = NULL, reason = iif(state = 'planned', 'erased', reason), take_at = NULL, state = iif(state = 'planned', 'withdrawn', state)",
  },
  { table: 'ratings', where: `occasion_seq IN (${OCCASIONS_OF})`, erase: 'keep' },
  {
    table: 'occasions',
    where: 'recipient = @number',
    erase: "recipient = @alias, contact = NULL, name = NULL, data = '{}', question = NULL, replan_at = NULL",
  },
  { table: 'auctions', where: `leader_seq IN (${DIALOGUES_OF})`, erase: 'keep' },
  // What was only kept for them is free again.
  {
    table: 'stock',
    where: `dialogue_seq IN (${DIALOGUES_OF})`,
    erase: 'dialogue_seq = iif(sold = 1, dialogue_seq, NULL)',
    hidden: ['secret'],
  },
  {
    table: 'dialogues',
    where: 'contact = @number',
    erase:
      "contact = @alias, run = json_set(run, '$.fields', json('{}'), '$.trail', json('[]')), due_at = NULL, ended_at = coalesce(ended_at, @now), outcome = coalesce(outcome, 'stopped')",
  },
  {
    table: 'campaign_recipients',
    where: 'recipient = @number',
    erase:
      "recipient = @alias, contact = @alias, reason = iif(state = 'planned', 'erased', reason), state = iif(state = 'planned', 'cancelled', state)",
  },
  { table: 'public_links', where: 'recipient = @number', erase: 'delete', hidden: ['token'] },
  { table: 'contacts', where: `seq IN (${CONTACTS_OF})`, erase: 'delete' },
  { table: 'contact_index', where: `contact_seq IN (${CONTACTS_OF})`, erase: 'delete' },
  {
    table: 'messages',
    where: 'recipient = @number',
    erase: 'recipient = @alias',
    hidden: ['lane', 'ready', 'left', 'ref', 'ref_bits', 'ref_at'],
  },
];

/** What is about the box, its SIMs and those who run it, or knows nobody: of opt-outs only marks that no number can be read from. */
export const IMPERSONAL_TABLES: readonly string[] = [
  // Answers that were given: looked through by what they hold (`erasure.ts`).
  'idempotency',
  'suppressions',
  'suppression_state',
  'offer_holds',
  'alerts',
  'api_keys',
  'audit',
  'balances',
  'campaigns',
  'clock',
  'contact_flip',
  'contact_segments',
  'dialogue_definitions',
  'freed_slots',
  'gone_endpoints',
  // Occasions by the names that the site has for them, and a text that names nobody.
  'occasion_notices',
  'monthly_offers',
  'pauses',
  'pin_tries',
  'plan_clock',
  'posters',
  'resources',
  'retention_marks',
  'retirements',
  'rules',
  'signals',
  'sequences',
  'settings',
  'sim_alerts',
  'sim_allowances',
  'sim_lives',
  'sim_sends',
  'sim_standings',
  'sims',
  'slots',
  'templates',
  'users',
  'webhooks',
];
