import { hash, type KeyObject, sign } from 'node:crypto';
import { isIPv4, isIPv6 } from 'node:net';

/**
 * X.509 v3 certificates (RFC 5280) for a network of one's own: EC keys on P-256, signed by ECDSA with SHA-256, written in DER
 * (ITU-T X.690) with the few types that they need.
 */

export interface CertificateWish {
  /** The common name of whom it is about. */
  readonly subject: string;
  readonly publicKey: KeyObject;
  /** Milliseconds since 1970. */
  readonly from: number;
  readonly until: number;
  /** 8 to 19 octets that no other certificate of this issuer has. */
  readonly serial: Buffer;
  /** Who signs: itself, where it is a root. */
  readonly issuer: { readonly name: string; readonly publicKey: KeyObject; readonly privateKey: KeyObject };
  /** A root may sign others; a server has names and addresses. */
  readonly use: 'root' | { readonly names: readonly string[] };
}

const SEQUENCE = 0x30;
const SET = 0x31;
const INTEGER = 0x02;
const BIT_STRING = 0x03;
const OCTET_STRING = 0x04;
const OBJECT_ID = 0x06;
const UTF8_STRING = 0x0c;
const TRUE = Buffer.from([0x01, 0x01, 0xff]);

const ECDSA_WITH_SHA256 = '1.2.840.10045.4.3.2';
const COMMON_NAME = '2.5.4.3';
const SERVER_AUTH = '1.3.6.1.5.5.7.3.1';
const EXTENSION = {
  subjectKey: '2.5.29.14',
  keyUsage: '2.5.29.15',
  otherNames: '2.5.29.17',
  constraints: '2.5.29.19',
  authorityKey: '2.5.29.35',
  extendedUsage: '2.5.29.37',
} as const;

/** One value: tag, length, contents. */
function der(tag: number, ...contents: readonly Buffer[]): Buffer {
  const body = Buffer.concat(contents);
  if (body.length < 0x80) return Buffer.concat([Buffer.from([tag, body.length]), body]);
  const length = Buffer.from(body.length.toString(16).padStart(body.length > 0xff ? 4 : 2, '0'), 'hex');
  return Buffer.concat([Buffer.from([tag, 0x80 + length.length]), length, body]);
}

/** The first two numbers share an octet; the others have seven bits in each. */
function objectId(written: string): Buffer {
  const [first = 0, second = 0, ...rest] = written.split('.').map(Number);
  const octets = rest.flatMap((number) => {
    const parts = [number & 0x7f];
    for (let left = number >> 7; left > 0; left >>= 7) parts.unshift(0x80 + (left & 0x7f));
    return parts;
  });
  return der(OBJECT_ID, Buffer.from([first * 40 + second, ...octets]));
}

const nameOf = (common: string): Buffer =>
  der(SEQUENCE, der(SET, der(SEQUENCE, objectId(COMMON_NAME), der(UTF8_STRING, Buffer.from(common)))));

/** RFC 5280 4.1.2.5: two digits of the year until 2049, four after. */
function timeOf(ms: number): Buffer {
  const [year = '', rest = ''] = [new Date(ms).toISOString().slice(0, 4), new Date(ms).toISOString().slice(4, 19).replace(/\D/g, '')];
  return Number(year) < 2050 ? der(0x17, Buffer.from(`${year.slice(2)}${rest}Z`)) : der(0x18, Buffer.from(`${year}${rest}Z`));
}

const extension = (id: string, value: Buffer, critical = false): Buffer =>
  der(SEQUENCE, objectId(id), ...(critical ? [TRUE] : []), der(OCTET_STRING, value));

const spki = (key: KeyObject): Buffer => key.export({ type: 'spki', format: 'der' });

const keyId = (key: KeyObject): Buffer => hash('sha256', spki(key), 'buffer').subarray(0, 20);

/** The sixteen octets of an IPv6 address, which may leave out zeros once. */
function ipv6Octets(address: string): Buffer {
  const [head = '', tail] = address.split('::');
  const groups = (part: string): number[] => (part === '' ? [] : part.split(':').map((group) => Number.parseInt(group, 16)));
  const [before, after] = [groups(head), groups(tail ?? '')];
  const all = tail === undefined ? before : [...before, ...Array.from({ length: 8 - before.length - after.length }, () => 0), ...after];
  return Buffer.from(all.flatMap((group) => [group >> 8, group & 0xff]));
}

function otherName(name: string): Buffer {
  if (isIPv4(name)) return der(0x87, Buffer.from(name.split('.').map(Number)));
  return isIPv6(name) ? der(0x87, ipv6Octets(name)) : der(0x82, Buffer.from(name, 'latin1'));
}

/** A certificate, in PEM. */
export function makeCertificate({ subject, publicKey, from, until, serial, issuer, use }: CertificateWish): string {
  const algorithm = der(SEQUENCE, objectId(ECDSA_WITH_SHA256));
  const extensions = [
    extension(EXTENSION.subjectKey, der(OCTET_STRING, keyId(publicKey))),
    extension(EXTENSION.authorityKey, der(SEQUENCE, der(0x80, keyId(issuer.publicKey)))),
    ...(use === 'root'
      ? [
          // It signs servers, and no other authority.
          extension(EXTENSION.constraints, der(SEQUENCE, TRUE, der(INTEGER, Buffer.from([0]))), true),
          extension(EXTENSION.keyUsage, der(BIT_STRING, Buffer.from([1, 0x06])), true),
        ]
      : [
          extension(EXTENSION.constraints, der(SEQUENCE), true),
          extension(EXTENSION.keyUsage, der(BIT_STRING, Buffer.from([7, 0x80])), true),
          extension(EXTENSION.extendedUsage, der(SEQUENCE, objectId(SERVER_AUTH))),
          extension(EXTENSION.otherNames, der(SEQUENCE, ...use.names.map(otherName))),
        ]),
  ];
  const body = der(
    SEQUENCE,
    der(0xa0, der(INTEGER, Buffer.from([2]))),
    // Neither negative nor with a zero in front that nobody needs.
    der(INTEGER, Buffer.from([0x40]), serial),
    algorithm,
    nameOf(issuer.name),
    der(SEQUENCE, timeOf(from), timeOf(until)),
    nameOf(subject),
    spki(publicKey),
    der(0xa3, der(SEQUENCE, ...extensions)),
  );
  const signature = sign('sha256', body, issuer.privateKey);
  const whole = der(SEQUENCE, body, algorithm, der(BIT_STRING, Buffer.from([0]), signature));
  return `-----BEGIN CERTIFICATE-----\n${whole.toString('base64').replace(/(.{64})(?=.)/g, '$1\n')}\n-----END CERTIFICATE-----\n`;
}
