import { fromRows, type GammuRows } from './gammu-database.ts';
import { decoded, type Folder, type Moved, type MovedMessage, type MovedText, sectionsOf, withPlus } from './moved.ts';

/** `OUT+380501234567.txt`, `OUTC20261122_100000_00_+380501234567_sms0.txtdf`: priority, time, serial and flags may be there. */
const OUT = /^OUT[A-Z]?(?:\d{8}_\d{6}_\d+_)?(\+?\d{3,15})(?:_[^.]*)?\.txt([a-z]*)$/;

/** `IN20261122_100000_00_+380501234567_00.txt`: the last figure counts the parts of a long text. */
const IN = /^IN(\d{4})(\d\d)(\d\d)_(\d\d)(\d\d)(\d\d)_(\d+)_(.+)_(\d+)\.txt$/;

/**
 * What gammu-smsd has: configuration, outbox and inbox, in files or in a database.
 * @param config the text of gammu-smsdrc
 * @param readDatabase reads an SQLite file
 */
export function fromGammu(config: string, folder: Folder, readDatabase: (file: string) => GammuRows): Moved {
  const sections = sectionsOf(config);
  const smsd = sections.get('smsd') ?? new Map<string, string>();
  const gammu = sections.get('gammu') ?? new Map<string, string>();
  const left: string[] = [];
  const service = (smsd.get('service') ?? 'files').toLowerCase();
  const isFiles = service === 'files';
  const port = gammu.get('device') ?? gammu.get('port');
  const baudRate = Number(/^at(\d+)/.exec(gammu.get('connection') ?? '')?.[1] ?? 0) || null;
  const modems = port === undefined ? [] : [{ port, baudRate, pin: smsd.get('pin') ?? null }];
  if (!isFiles && /^sqlite/.test(smsd.get('driver') ?? '')) {
    const file = `${(smsd.get('dbdir') ?? '.').replace(/\/$/, '')}/${smsd.get('database') ?? 'smsd.db'}`;
    return { modems, ...fromRows(readDatabase(file)) };
  }
  if (!isFiles) {
    left.push(
      `gammu-smsd keeps its messages in a database server (${smsd.get('driver') ?? service}), which is not asked here: docs/moving-in.md copies its tables into an SQLite file by two lines, and says how to name that.`,
    );
  }
  const waiting: MovedMessage[] = [];
  const out = (smsd.get('outboxpath') ?? '/var/spool/gammu/outbox/').replace(/\/$/, '');
  for (const name of isFiles ? folder.names(out) : []) {
    const [, to, flags = ''] = OUT.exec(name) ?? [];
    if (to === undefined) left.push(`${out}/${name} is no text that waits: it stays where it is.`);
    else
      waiting.push({
        id: `gammu ${name}`,
        to: withPlus(to),
        text: decoded(folder.read(`${out}/${name}`)).replace(/\r?\n$/, ''),
        flash: flags.includes('f'),
      });
  }
  const parts = new Map<string, { from: string; receivedAt: number; texts: Map<number, string> }>();
  const inside = (smsd.get('inboxpath') ?? '/var/spool/gammu/inbox/').replace(/\/$/, '');
  for (const name of isFiles ? folder.names(inside) : []) {
    const [, y, mo, d, h, mi, s, serial, from, n] = IN.exec(name) ?? [];
    if (from === undefined) {
      left.push(`${inside}/${name} is no text that was received: it stays where it is.`);
      continue;
    }
    const key = name.slice(0, name.lastIndexOf('_'));
    const receivedAt = new Date(Number(y), Number(mo) - 1, Number(d), Number(h), Number(mi), Number(s)).getTime();
    const one = parts.get(key) ?? { from: withPlus(from), receivedAt: receivedAt + Number(serial), texts: new Map<number, string>() };
    one.texts.set(Number(n), decoded(folder.read(`${inside}/${name}`)));
    parts.set(key, one);
  }
  const inbox: MovedText[] = [...parts].map(([key, { from, receivedAt, texts }]) => ({
    id: `gammu ${key}`,
    from,
    receivedAt,
    text: [...texts]
      .sort(([a], [b]) => a - b)
      .map(([, text]) => text)
      .join(''),
  }));
  return { modems, waiting, inbox, left };
}
