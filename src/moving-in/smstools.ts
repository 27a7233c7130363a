import { decoded, type Folder, type Moved, type MovedMessage, type MovedText, sectionsOf, utf16be, withPlus } from './moved.ts';

const SPOOL = '/var/spool/sms';

interface Letter {
  readonly headers: ReadonlyMap<string, string>;
  readonly body: Buffer;
}

/** Headers, an empty line, the text: how smsd keeps each message in a file of its own. */
function letterIn(octets: Buffer): Letter {
  const [end, gap] = octets.includes('\r\n\r\n') ? [octets.indexOf('\r\n\r\n'), 4] : [octets.indexOf('\n\n'), 2];
  const head = decoded(end < 0 ? octets : octets.subarray(0, end));
  const headers = new Map(
    head.split(/\r?\n/).flatMap((line): [string, string][] => {
      const at = line.indexOf(':');
      return at < 0 ? [] : [[line.slice(0, at).trim().toLowerCase(), line.slice(at + 1).trim()]];
    }),
  );
  return { headers, body: end < 0 ? Buffer.alloc(0) : octets.subarray(end + gap) };
}

function textOf({ headers, body }: Letter): string {
  const alphabet = headers.get('alphabet')?.toLowerCase() ?? '';
  return (/^(ucs|uni|chinese)/.test(alphabet) ? utf16be(body) : decoded(body)).replace(/\r?\n$/, '');
}

/** `26-11-22 10:00:00`, where the box stood. */
function timeIn(written: string): number | undefined {
  const [, y, mo, d, h, mi, s] = /^(\d\d)-(\d\d)-(\d\d) (\d\d):(\d\d):(\d\d)$/.exec(written) ?? [];
  return y === undefined ? undefined : new Date(2000 + Number(y), Number(mo) - 1, Number(d), Number(h), Number(mi), Number(s)).getTime();
}

/** What smstools 3 has: its configuration, `outgoing` and `checked`, and `incoming`. @param config the text of smsd.conf */
export function fromSmstools(config: string, folder: Folder): Moved {
  const sections = sectionsOf(config);
  const of = (name: string): string => sections.get('')?.get(name) ?? `${SPOOL}/${name}`;
  const left: string[] = [];
  const waiting: MovedMessage[] = [];
  const inbox: MovedText[] = [];
  for (const place of [of('outgoing'), of('checked')]) {
    for (const name of folder.names(place)) {
      const letter = letterIn(folder.read(`${place}/${name}`));
      const to = letter.headers.get('to');
      if (to === undefined || to === '') left.push(`${place}/${name} has no To: it stays where it is.`);
      else if (/^(yes|true|1)$/i.test(letter.headers.get('hex') ?? '') || letter.headers.has('udh-data')) {
        left.push(`${place}/${name} holds octets and no text: it stays where it is.`);
      } else {
        const flash = /^(yes|true|1)$/i.test(letter.headers.get('flash') ?? '');
        waiting.push({ id: `smstools ${name}`, to: withPlus(to.replace(/^s/i, '')), text: textOf(letter), flash });
      }
    }
  }
  const incoming = of('incoming');
  for (const name of folder.names(incoming)) {
    const letter = letterIn(folder.read(`${incoming}/${name}`));
    const from = letter.headers.get('from');
    const receivedAt = timeIn(letter.headers.get('received') ?? letter.headers.get('sent') ?? '');
    if (from === undefined || receivedAt === undefined)
      left.push(`${incoming}/${name} is no text that was received: it stays where it is.`);
    else inbox.push({ id: `smstools ${name}`, from: withPlus(from), text: textOf(letter), receivedAt });
  }
  const modems = (sections.get('')?.get('devices') ?? '')
    .split(/[\s,]+/)
    .flatMap((name) => sections.get(name) ?? [])
    .flatMap((device) => {
      const port = device.get('device');
      const pin = device.get('pin') ?? null;
      return port === undefined
        ? []
        : [{ port: portOf(port), baudRate: Number(device.get('baudrate') ?? 0) || null, pin: pin === 'ignore' ? null : pin }];
    });
  return { modems, waiting, inbox, left };
}

/** `@host:port` is a modem behind ser2net there. */
const portOf = (device: string): string => (device.startsWith('@') ? `tcp://${device.slice(1)}` : device);
