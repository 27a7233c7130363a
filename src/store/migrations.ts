import { Fault } from '../base/fault.ts';
import type { Db } from './database.ts';
import {
  CAPS_SCHEMA,
  CHOICE_SCHEMA,
  FIRST_SCHEMA,
  MMS_SCHEMA,
  PINS_SCHEMA,
  RETENTION_SCHEMA,
  TELEPHONE_SCHEMA,
  TIME_SCHEMA,
  TURNS_SCHEMA,
} from './schema.ts';
import { KEYS_SCHEMA } from './schema-access.ts';
import { ALERTS_SCHEMA } from './schema-alerts.ts';
import { ALLOWANCES_SCHEMA } from './schema-allowances.ts';
import { AUDIT_SCHEMA } from './schema-audit.ts';
import { CAMPAIGN_LINKS_SCHEMA } from './schema-campaign-links.ts';
import { CAMPAIGN_OPT_OUTS_SCHEMA } from './schema-campaign-opt-outs.ts';
import { CAMPAIGNS_SCHEMA } from './schema-campaigns.ts';
import { CODES_SCHEMA } from './schema-codes.ts';
import { CONTACTS_SCHEMA } from './schema-contacts.ts';
import { CONVERSATIONS_SCHEMA } from './schema-conversations.ts';
import { COSTS_SCHEMA } from './schema-costs.ts';
import { CRC_SCHEMA } from './schema-crc.ts';
import { DELIVERY_REASONS_SCHEMA } from './schema-delivery-reasons.ts';
import { DIALOGUES_SCHEMA } from './schema-dialogues.ts';
import { FOLLOW_UPS_SCHEMA } from './schema-follow-ups.ts';
import { GONE_ENDPOINTS_SCHEMA } from './schema-gone-endpoints.ts';
import { INBOUND_RULES_SCHEMA } from './schema-inbound-rules.ts';
import { NOTICES_SCHEMA } from './schema-notices.ts';
import { OCCASIONS_SCHEMA } from './schema-occasions.ts';
import { OPT_OUT_SCHEMA } from './schema-opt-out.ts';
import { OWN_TASKS_SCHEMA } from './schema-own-tasks.ts';
import { POLICY_SCHEMA } from './schema-policy.ts';
import { POSTERS_SCHEMA } from './schema-posters.ts';
import { PUBLIC_SCHEMA } from './schema-public.ts';
import { RETIREMENTS_SCHEMA } from './schema-retirements.ts';
import { RULES_SCHEMA } from './schema-rules.ts';
import { SECOND_FACTORS_SCHEMA } from './schema-second-factors.ts';
import { SEGMENTS_SCHEMA } from './schema-segments.ts';
import { SETTINGS_SCHEMA } from './schema-settings.ts';
import { SIGNALS_SCHEMA } from './schema-signals.ts';
import { SIM_LIVES_SCHEMA } from './schema-sim-lives.ts';
import { STANDINGS_SCHEMA } from './schema-standings.ts';
import { TEMPLATES_SCHEMA } from './schema-templates.ts';
import { USERS_SCHEMA } from './schema-users.ts';
import { WEBHOOKS_SCHEMA } from './schema-webhooks.ts';
import { sqliteCode } from './sqlite-errors.ts';

/** `PRAGMA application_id` of our files: "SMPT". */
export const APPLICATION_ID = 0x53_4d_50_54;

/** Every change of the schema, in order; the n-th makes version n. What has been released is never edited. */
export const MIGRATIONS: readonly string[] = [
  FIRST_SCHEMA,
  TURNS_SCHEMA,
  PINS_SCHEMA,
  TELEPHONE_SCHEMA,
  RETENTION_SCHEMA,
  MMS_SCHEMA,
  TIME_SCHEMA,
  CAPS_SCHEMA,
  CHOICE_SCHEMA,
  AUDIT_SCHEMA,
  CODES_SCHEMA,
  COSTS_SCHEMA,
  KEYS_SCHEMA,
  CRC_SCHEMA,
  NOTICES_SCHEMA,
  POLICY_SCHEMA,
  OPT_OUT_SCHEMA,
  STANDINGS_SCHEMA,
  USERS_SCHEMA,
  INBOUND_RULES_SCHEMA,
  SIM_LIVES_SCHEMA,
  RETIREMENTS_SCHEMA,
  TEMPLATES_SCHEMA,
  FOLLOW_UPS_SCHEMA,
  WEBHOOKS_SCHEMA,
  CONTACTS_SCHEMA,
  OCCASIONS_SCHEMA,
  RULES_SCHEMA,
  CONVERSATIONS_SCHEMA,
  SEGMENTS_SCHEMA,
  DIALOGUES_SCHEMA,
  ALERTS_SCHEMA,
  CAMPAIGNS_SCHEMA,
  PUBLIC_SCHEMA,
  POSTERS_SCHEMA,
  CAMPAIGN_LINKS_SCHEMA,
  ALLOWANCES_SCHEMA,
  CAMPAIGN_OPT_OUTS_SCHEMA,
  SETTINGS_SCHEMA,
  SIGNALS_SCHEMA,
  SECOND_FACTORS_SCHEMA,
  OWN_TASKS_SCHEMA,
  GONE_ENDPOINTS_SCHEMA,
  DELIVERY_REASONS_SCHEMA,
];

function numberPragma(db: Db, name: string): number {
  const value = db.pragma(name, { simple: true });
  return typeof value === 'number' ? value : 0;
}

/**
 * The version of the schema in the file, 0 for a new one.
 * @throws Fault `storeForeign` when the file is not one of ours, `storeNewer` when a newer program wrote it
 */
export function schemaVersion(db: Db, migrations: readonly string[] = MIGRATIONS): number {
  let version: number;
  let ours: boolean;
  try {
    version = numberPragma(db, 'user_version');
    const empty = db.prepare('SELECT 1 FROM sqlite_schema LIMIT 1').get() === undefined;
    ours = numberPragma(db, 'application_id') === APPLICATION_ID || (empty && version === 0 && numberPragma(db, 'application_id') === 0);
  } catch (error) {
    if (sqliteCode(error) !== 'SQLITE_NOTADB') throw error;
    throw new Fault('storeForeign', foreign(db.name), [], { cause: error });
  }
  if (!ours) throw new Fault('storeForeign', foreign(db.name));
  if (version > migrations.length) {
    throw new Fault(
      'storeNewer',
      `The store ${db.name} has schema ${version}, and this Simpost knows schemas up to ${migrations.length}: ` +
        'start the newer Simpost again, or restore the backup that was made before the update.',
    );
  }
  return version;
}

const foreign = (file: string): string =>
  `${file} is not a store of Simpost, or its beginning is damaged: if it was one, run "simpost restore" with the newest backup, else choose another folder in [store] path.`;

/**
 * Brings the file up to date, each step in a transaction of its own, so that a crash leaves one version or the next (S08). A new
 * file takes all of them in one: forty syncs, one after the other, were most of a first start on a memory card.
 */
export function migrate(db: Db, migrations: readonly string[] = MIGRATIONS): void {
  while (schemaVersion(db, migrations) < migrations.length) {
    db.exec('BEGIN IMMEDIATE');
    try {
      // Asked again inside the transaction: another process may have been quicker.
      const version = schemaVersion(db, migrations);
      const next = version === 0 ? migrations.length : Math.min(version + 1, migrations.length);
      for (const step of migrations.slice(version, next)) db.exec(step);
      db.pragma(`application_id = ${APPLICATION_ID}`);
      db.pragma(`user_version = ${next}`);
      db.exec('COMMIT');
    } catch (error) {
      if (db.inTransaction) db.exec('ROLLBACK');
      throw error;
    }
  }
}
