import { describe, expect, test } from 'vitest';
import { seededRandom } from '../../../src/base/random.ts';
import { type Direction, decodeTpdu } from '../../../src/pdu/decode.ts';
import { PduFault } from '../../../src/pdu/fault.ts';
import { runs } from '../../support/texts.ts';
import { vectors } from './vectors.ts';

const SEED = Number(process.env.SIMPOST_TEST_SEED ?? 20261122);
const DIRECTIONS: readonly Direction[] = ['sc-to-ms', 'ms-to-sc', 'stored'];
const random = seededRandom(SEED);
const below = (n: number): number => Math.floor(random.float() * n);

/** What is done to a PDU: octets changed, cut out, doubled, put in from another, bits flipped. */
function mutated(pdu: string, other: string): string {
  let hex = pdu;
  for (let times = 1 + below(3); times > 0; times--) {
    const at = below(hex.length / 2) * 2;
    const octet = random.bytes(1).toString('hex');
    switch (below(7)) {
      case 0:
        hex = hex.slice(0, at) + octet + hex.slice(at + 2);
        break;
      case 1:
        hex = hex.slice(0, at) + hex.slice(at + 2 * (1 + below(4)));
        break;
      case 2:
        hex = hex.slice(0, at) + octet + hex.slice(at);
        break;
      case 3:
        hex = hex.slice(0, at) + other.slice(below(other.length / 2) * 2);
        break;
      case 4:
        hex = hex.slice(0, at);
        break;
      case 5:
        hex = hex.slice(0, at) + 'ff'.repeat(1 + below(8)) + hex.slice(at + 2);
        break;
      default:
        hex = hex.slice(0, at + 1) + 'xgZ \n\0İ＀'.charAt(below(8)) + hex.slice(at + 1);
    }
  }
  return hex;
}

/** Decodes; says whether it was a fault. @throws whatever is not a PduFault */
function isFault(hex: string, direction: Direction): boolean {
  try {
    const tpdu = decodeTpdu(hex, direction);
    // Whatever was decoded can be told on: no half-made fields.
    if (JSON.stringify(tpdu).includes('undefined')) throw new Error(`half decoded: ${hex}`);
    return false;
  } catch (fault) {
    if (!(fault instanceof PduFault)) throw fault;
    if (!(fault.octet >= 0 && fault.octet <= Math.ceil(hex.length / 2) && fault.message.length < 200))
      throw new Error(`odd fault for ${hex}`);
    return true;
  }
}

describe(`I11: nothing but a PduFault, whatever comes from the modem (seed ${SEED})`, () => {
  test('vectors with octets changed, cut, put in', () => {
    let faults = 0;
    const total = runs(2_000_000);
    for (let i = 0; i < total; i++) {
      const pdu = vectors[below(vectors.length)]?.pdu ?? '';
      const hex = mutated(pdu, vectors[below(vectors.length)]?.pdu ?? '');
      if (isFault(hex, DIRECTIONS[i % 3] ?? 'stored')) faults++;
    }
    // Both outcomes come up, so that this test sees both.
    expect(faults).toBeGreaterThan(total / 20);
    expect(faults).toBeLessThan((total / 20) * 19);
  }, 600_000);

  test('random octets', () => {
    let faults = 0;
    const total = runs(300_000);
    for (let i = 0; i < total; i++) if (isFault(random.bytes(below(180)).toString('hex'), DIRECTIONS[i % 3] ?? 'stored')) faults++;
    expect(faults).toBeGreaterThan(total / 2);
  }, 600_000);

  test('every first octet, every address type, every TP-DCS, every length of user data', () => {
    const body = '044C812143'.slice(0, 2);
    for (let value = 0; value < 256; value++) {
      const octet = value.toString(16).padStart(2, '0');
      for (const hex of [
        `00${octet}${body}812143000062112212436580${'05'}${'41'.repeat(20)}`,
        `000404${octet}214300006211221243658003${'41'.repeat(20)}`,
        `000404812143${octet}0062112212436580${'03'}${'41'.repeat(20)}`,
        `00040481214300${octet}62112212436580${'03'}${'41'.repeat(20)}`,
        `004404812143000062112212436580${octet}${'0500032a0201'}${'41'.repeat(140)}`,
        `004404812143000462112212436580${'8c'}${octet}${'41'.repeat(139)}`,
        `00${'04'}${octet}${'91'}${'21'.repeat(140)}`,
        `${octet}${'91'}${'21'.repeat(140)}`,
      ]) {
        for (const direction of DIRECTIONS) isFault(hex, direction);
      }
    }
    expect(isFault('', 'stored')).toBe(true);
    expect(isFault('00', 'stored')).toBe(true);
  });

  test('a line far longer than any PDU is refused at once', () => {
    expect(() => decodeTpdu('00'.repeat(1_000_000), 'sc-to-ms')).toThrow(/hex at octet 512/);
  });

  test('characters whose lower eight bits are a digit are no digits', () => {
    // Node's own hexadecimal reader takes U+0130 for 0.
    expect(() => decodeTpdu('\u0130\u0130', 'sc-to-ms')).toThrow(PduFault);
    expect(() => decodeTpdu('0004048121430000621122124365\u01380\u013031', 'sc-to-ms')).toThrow(/^hex at octet 14/);
  });
});
