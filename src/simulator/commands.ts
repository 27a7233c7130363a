import { type CommandTable, joinTables } from './command-table.ts';
import { CALL_COMMANDS } from './commands-calls.ts';
import { GENERAL_COMMANDS } from './commands-general.ts';
import { NETWORK_COMMANDS } from './commands-network.ts';
import { SMS_COMMANDS } from './commands-sms.ts';
import { VENDOR_COMMANDS } from './commands-vendor.ts';
import type { ModemModel } from './models.ts';

/** The commands of a make of modem. */
export function commandsOf(model: ModemModel): CommandTable {
  const own = Object.entries(VENDOR_COMMANDS).filter(([name]) => model.knows.includes(name));
  const table = joinTables(GENERAL_COMMANDS, NETWORK_COMMANDS, CALL_COMMANDS, SMS_COMMANDS, Object.fromEntries(own));
  return new Map([...table].filter(([name]) => !model.lacks.includes(name)));
}
