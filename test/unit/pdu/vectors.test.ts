import { describe, expect, test } from 'vitest';
import { decodeTpdu } from '../../../src/pdu/decode.ts';
import { PduFault } from '../../../src/pdu/fault.ts';
import { encodeSubmit } from '../../../src/pdu/submit.ts';
import { referenceDecode } from '../../support/reference-tpdu.ts';
import { type Vector, vectors } from './vectors.ts';

const decode = (vector: Vector, pdu = vector.pdu) =>
  decodeTpdu(pdu, vector.direction, vector.smscPrefix === undefined ? {} : { smscPrefix: vector.smscPrefix });

describe('vectors from the standards and from other codecs', () => {
  test('there are many, from at least four sources', () => {
    expect(vectors.length).toBeGreaterThan(90);
    expect(new Set(vectors.map((vector) => vector.name.split(':')[0])).size).toBeGreaterThan(4);
    expect(new Set(vectors.map((vector) => vector.name)).size).toBe(vectors.length);
  });

  test.each(vectors)('decodes $name', (vector) => {
    expect(decode(vector)).toMatchObject(vector.expect);
    expect(decode(vector, vector.pdu.toLowerCase())).toEqual(decode(vector, vector.pdu.toUpperCase()));
  });

  test.each(vectors.filter((vector) => vector.encode))('encodes $name', (vector) => {
    if (!vector.encode) throw new Error('this one has nothing to encode');
    const { pdu, tpduLength } = encodeSubmit(vector.encode);
    expect(pdu).toBe(vector.pdu.toUpperCase());
    expect(tpduLength).toBe(vector.tpduLength ?? pdu.length / 2 - 1 - Number.parseInt(pdu.slice(0, 2), 16));
  });

  // The reference knows neither national tables nor compression, nor how to cut the eighth character of a name.
  const outside = /language|shift|compressed|counted as eight|odd octet/;
  const readable = vectors.filter(({ name, smscPrefix }) => smscPrefix !== false && !outside.test(name));
  test.each(readable)('a decoder that shares nothing reads $name the same', (vector) => {
    const tpdu = decode(vector);
    const reference = referenceDecode(vector.pdu.toUpperCase());
    expect(tpdu.smsc ?? '').toBe(reference.smsc);
    if (tpdu.type === 'statusReport') {
      expect([tpdu.recipient.number, tpdu.mr, tpdu.status]).toEqual([reference.address, reference.mr, reference.status]);
      return;
    }
    expect([tpdu.text, tpdu.data ?? ''], vector.name).toEqual([reference.text ?? '', reference.data ?? '']);
    expect(tpdu.elements).toEqual(reference.elements);
    expect([tpdu.pid, tpdu.dcs]).toEqual([reference.pid, reference.dcs]);
    expect(tpdu.type === 'deliver' ? tpdu.from.number : tpdu.to.number).toBe(reference.address);
  });
});

describe('every truncation of every vector', () => {
  test.each(vectors)('$name', (vector) => {
    const whole: number[] = [];
    for (let octets = 0; octets < vector.pdu.length / 2; octets++) {
      try {
        decode(vector, vector.pdu.slice(0, octets * 2));
        whole.push(octets);
      } catch (fault) {
        expect(fault).toBeInstanceOf(PduFault);
        if (!(fault instanceof PduFault)) return;
        expect(fault.code).toBe('pduInvalid');
        expect(fault.octet).toBeLessThanOrEqual(octets);
        expect(fault.field).toMatch(/^[a-zA-Z.]+(\[\d+\])?$/);
        expect(fault.message).toBe(`${fault.field} at octet ${fault.octet}: ${fault.problem}`);
      }
      // Half an octet too much is never right.
      expect(() => decode(vector, vector.pdu.slice(0, octets * 2 + 1))).toThrow(PduFault);
    }
    // What remains is a TPDU only where the vector says so: a report before its optional parameters, a record before its filling.
    expect(whole).toEqual(vector.wholeAt ?? []);
  });
});
