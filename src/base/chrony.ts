import type { Clock } from './clock.ts';
import type { Random } from './random.ts';
import { every } from './waits.ts';

/**
 * What chronyd says of its clock, asked as `chronyc tracking` asks (chrony's candm.h, version 6 of its protocol): a datagram to
 * port 323 of this machine, which only root can listen on. Everything in it is big-endian.
 */
const VERSION = 6;
const REQUEST = 1;
const REPLY = 2;
const TRACKING = 33;
const TRACKING_REPLY = 5;
/** Octets of the answer; the question is padded to the same, so that nobody gains by forging where it comes from. */
const LENGTH = 104;

/** LI of NTP (RFC 5905 7.3): the clock is not synchronised. */
const NOT_SYNCHRONISED = 3;
/** 127.127.1.1: its own clock, which it was told to take for granted (`local`). */
const OWN_CLOCK = 0x7f_7f_01_01;

/** How often it is asked, and how long an answer holds, milliseconds. */
const PERIOD = 10_000;
const HOLDS = 35_000;

/** The question. @param sequence 0..2^32-1, comes back in the answer */
export function trackingRequest(sequence: number): Buffer {
  const request = Buffer.alloc(LENGTH);
  request.writeUInt8(VERSION, 0);
  request.writeUInt8(REQUEST, 1);
  request.writeUInt16BE(TRACKING, 4);
  request.writeUInt32BE(sequence, 8);
  return request;
}

/** Whether an answer to that question says that the clock follows another one. */
export function saysSynchronised(answer: Uint8Array, sequence: number): boolean {
  const octets = Buffer.from(answer);
  if (octets.length !== LENGTH || octets.readUInt8(0) !== VERSION || octets.readUInt8(1) !== REPLY) return false;
  const isOurs = octets.readUInt16BE(4) === TRACKING && octets.readUInt32BE(16) === sequence;
  if (!isOurs || octets.readUInt16BE(6) !== TRACKING_REPLY || octets.readUInt16BE(8) !== 0) return false;
  const [referenceId, stratum, leap] = [octets.readUInt32BE(28), octets.readUInt16BE(52), octets.readUInt16BE(54)];
  return leap < NOT_SYNCHRONISED && stratum > 0 && referenceId !== 0 && referenceId !== OWN_CLOCK;
}

export interface ChronyParts {
  readonly clock: Clock;
  readonly random: Random;
  /** The answer to a datagram; undefined when there is none. */
  ask(request: Uint8Array): Promise<Uint8Array | undefined>;
}

/** Asks chronyd again and again, from the start on until it is stopped. */
export class Chrony {
  readonly #parts: ChronyParts;
  readonly #timer;
  #saidAt: number | undefined;

  constructor(parts: ChronyParts) {
    this.#parts = parts;
    this.#timer = every(parts.clock, PERIOD, () => void this.#ask());
    void this.#ask();
  }

  /** Whether it said a moment ago that it has the time. */
  get synchronised(): boolean {
    return this.#saidAt !== undefined && this.#parts.clock.monotonic() - this.#saidAt < HOLDS;
  }

  stop(): void {
    this.#timer.cancel();
  }

  async #ask(): Promise<void> {
    const { ask, clock, random } = this.#parts;
    const sequence = Buffer.from(random.bytes(4)).readUInt32BE();
    const answer = await ask(trackingRequest(sequence));
    if (answer) this.#saidAt = saysSynchronised(answer, sequence) ? clock.monotonic() : undefined;
  }
}
