import { type Args, type CommandSpec, numberArg, within } from './command-table.ts';
import { cms, ERROR, type Final, type Indications, type Me, OK, ok, okThen, type Settings, type Verdict } from './me.ts';
import type { MemoryName, MessageStat, StoredMessage } from './message-memory.ts';
import { pduIn, sendMessage } from './sending.ts';

/** operation not supported / not allowed / invalid memory index / memory full / no +CNMA expected (TS 27.005 3.2.5) */
const NOT_SUPPORTED = cms(303);
const NOT_ALLOWED = cms(302);
const NO_INDEX = cms(321);
const FULL = cms(322);
const NO_ACKNOWLEDGEMENT_EXPECTED = cms(340);

const STATS: readonly MessageStat[] = [0, 1, 2, 3];

const memoryNamed = (me: Me, name: string | undefined): MemoryName | undefined => me.model.memories.find((known) => known === name);

const offered = (names: readonly MemoryName[]): string => `(${names.map((name) => `"${name}"`).join(',')})`;

/** Reports can be read, not written or received as messages. */
function memoriesOffered(me: Me): Verdict {
  const storing = offered(me.model.memories.filter((name) => name !== 'SR'));
  return ok(`+CPMS: ${offered(me.model.memories)},${storing},${storing}`);
}

/** A list of values as test commands show it (V.250 5.4.4.2): `(0-2)` or `(0,2)`. */
function values(of: readonly number[]): string {
  const [first = 0] = of;
  const last = of.at(-1) ?? first;
  return of.length > 2 && last - first === of.length - 1 ? `(${first}-${last})` : `(${of.join(',')})`;
}

const usage = (me: Me, name: MemoryName): string => `${me.memory(name).used},${me.memory(name).capacity}`;

/** +CPMS (TS 27.005 3.2.2): reports can be read, not written or received as messages. */
function selectMemories(me: Me, args: Args): Verdict {
  const { settings } = me;
  const names = [settings.readFrom, settings.writeTo, settings.receiveInto].map((now, i) =>
    args[i] === undefined ? now : memoryNamed(me, args[i]),
  );
  const [readFrom, writeTo, receiveInto] = names;
  if (!readFrom || !writeTo || !receiveInto || writeTo === 'SR' || receiveInto === 'SR') return NOT_SUPPORTED;
  Object.assign(settings, { readFrom, writeTo, receiveInto } satisfies Partial<Settings>);
  return ok(`+CPMS: ${[readFrom, writeTo, receiveInto].map((name) => usage(me, name)).join(',')}`);
}

function memories(me: Me): Verdict {
  const { readFrom, writeTo, receiveInto } = me.settings;
  return ok(`+CPMS: ${[readFrom, writeTo, receiveInto].map((name) => `"${name}",${usage(me, name)}`).join(',')}`);
}

/** +CNMI (TS 27.005 3.4.1). */
function setIndications(me: Me, args: Args): Verdict {
  const now = me.settings.cnmi;
  const mode = numberArg(args, 0, now.mode);
  const mt = numberArg(args, 1, now.mt);
  const bm = numberArg(args, 2, now.bm);
  const ds = numberArg(args, 3, now.ds);
  const bfr = numberArg(args, 4, now.bfr);
  const indications: Indications = { mode, mt, bm, ds, bfr };
  if (![mode, mt, bm, ds, bfr].every((value, i) => me.model.cnmi[i]?.includes(value))) return NOT_SUPPORTED;
  me.settings.cnmi = indications;
  return okThen(() => me.inbox.flush());
}

/** Reading makes an unread message read (TS 27.005 3.4.2, 3.4.3). */
function seen(message: StoredMessage): MessageStat {
  const stat = message.stat;
  if (stat === 0) message.stat = 1;
  return stat;
}

/** +CMGL (TS 27.005 3.4.2): 0..3 for a <stat>, 4 for all. */
function listMessages(me: Me, args: Args): Verdict {
  const wanted = numberArg(args, 0, 0);
  if (!within(wanted, 0, 4)) return NOT_ALLOWED;
  const found = me.memory(me.settings.readFrom).list(STATS[wanted]);
  return ok(...found.map((message) => `+CMGL: ${message.index},${seen(message)},,${message.length}\r\n${message.pdu}`));
}

function readMessage(me: Me, args: Args): Verdict {
  const message = me.memory(me.settings.readFrom).get(numberArg(args, 0, Number.NaN));
  return message ? ok(`+CMGR: ${seen(message)},,${message.length}\r\n${message.pdu}`) : NO_INDEX;
}

/** +CMGD (TS 27.005 3.5.4): one message, or by <delflag> many. */
function deleteMessage(me: Me, args: Args): Verdict {
  const index = numberArg(args, 0, Number.NaN);
  const flag = numberArg(args, 1, 0);
  const memory = me.memory(me.settings.readFrom);
  if (!within(flag, 0, 4)) return NOT_ALLOWED;
  if (flag > 0) memory.deleteByFlag(flag);
  else if (memory.holds(index)) memory.delete(index);
  else return NO_INDEX;
  return okThen(() => me.roomMade());
}

/** +CMGW (TS 27.005 3.5.3): keeps a PDU as unsent, or as it says. */
function writeMessage(me: Me, args: Args): Verdict {
  const length = numberArg(args, 0, Number.NaN);
  const stat = STATS[numberArg(args, 1, 2)];
  if (!(length >= 1) || stat === undefined) return ERROR;
  return {
    kind: 'prompt',
    afterMs: 0,
    shown: true,
    take: (text) => {
      const pdu = pduIn(text, length);
      if (pdu === undefined) return cms(304);
      const stored = me.memory(me.settings.writeTo).store(pdu, length, stat);
      return stored ? ok(`+CMGW: ${stored.index}`) : FULL;
    },
  };
}

/** +CNMA (TS 27.005 3.4.4): alone or 0 or 1 is RP-ACK, 2 is RP-ERROR, each perhaps with a TPDU after a prompt. */
function acknowledge(me: Me, args: Args): Verdict {
  const n = numberArg(args, 0, 0);
  const length = numberArg(args, 1, 0);
  if (!within(n, 0, 2) || !(length >= 0)) return NOT_ALLOWED;
  const answer = (): Final => {
    const then = me.inbox.acknowledge(n !== 2);
    return then ? okThen(then) : NO_ACKNOWLEDGEMENT_EXPECTED;
  };
  return length === 0 ? answer() : { kind: 'prompt', afterMs: 0, shown: true, take: answer };
}

/** Commands of TS 27.005, PDU mode alone. */
export const SMS_COMMANDS: Readonly<Record<string, CommandSpec>> = {
  '+CMGF': {
    read: () => ok('+CMGF: 0'),
    test: () => ok('+CMGF: (0)'),
    set: (_me, args) => (numberArg(args, 0, 0) === 0 ? OK : NOT_SUPPORTED),
  },
  '+CSMS': {
    read: (me) => ok(`+CSMS: ${me.settings.csms},1,1,1`),
    test: () => ok('+CSMS: (0,1)'),
    set: (me, args) => {
      const service = numberArg(args, 0, 0);
      if (!within(service, 0, 1)) return NOT_SUPPORTED;
      me.settings.csms = service;
      return ok('+CSMS: 1,1,1');
    },
  },
  '+CSCA': {
    needsCard: 'cms',
    read: (me) => ok(`+CSCA: "${me.card?.smsc ?? ''}",${me.card?.smsc.startsWith('+') ? 145 : 129}`),
    set: (me, args) => {
      const address = args[0] ?? '';
      if (!/^\+?\d{1,20}$/.test(address) || !me.card) return NOT_ALLOWED;
      me.card.smsc = args[1] === '145' && !address.startsWith('+') ? `+${address}` : address;
      return OK;
    },
  },
  '+CNMI': {
    read: ({ settings: { cnmi } }) => ok(`+CNMI: ${cnmi.mode},${cnmi.mt},${cnmi.bm},${cnmi.ds},${cnmi.bfr}`),
    test: (me) => ok(`+CNMI: ${me.model.cnmi.map(values).join(',')}`),
    set: setIndications,
  },
  '+CPMS': { needsCard: 'cms', read: memories, test: memoriesOffered, set: selectMemories },
  '+CMGL': { needsCard: 'cms', run: listMessages, set: listMessages, test: () => ok('+CMGL: (0-4)') },
  '+CMGR': { needsCard: 'cms', set: readMessage },
  '+CMGD': {
    needsCard: 'cms',
    set: deleteMessage,
    test: (me) => {
      const memory = me.memory(me.settings.readFrom);
      return ok(`+CMGD: (${memory.list().map((message) => message.index)}),(0-4)`);
    },
  },
  '+CMGS': { needsCard: 'cms', set: (me, args) => sendMessage(me, numberArg(args, 0, Number.NaN)) },
  '+CMGW': { needsCard: 'cms', set: writeMessage },
  '+CNMA': { needsCard: 'cms', run: acknowledge, set: acknowledge, test: () => ok('+CNMA: (0-2)') },
  '+CMMS': {
    read: (me) => ok(`+CMMS: ${me.settings.cmms}`),
    test: () => ok('+CMMS: (0-2)'),
    set: (me, args) => {
      const n = numberArg(args, 0, 0);
      if (!within(n, 0, 2)) return NOT_ALLOWED;
      me.settings.cmms = n;
      return OK;
    },
  },
};
