import { Fault, type FaultCode } from '../base/fault.ts';
import type { Ending, LifecycleInput } from './lifecycle.ts';

/** How a session ended. */
export interface SessionEnd {
  readonly reason: unknown;
  /** Lines heard of something that never told who it is: on such a port is no modem, or not its AT port. */
  readonly strange: number;
}

const ENDING_OF: Readonly<Partial<Record<FaultCode, Ending>>> = {
  portUnreachable: 'unreachable',
  portForbidden: 'forbidden',
  portNotSerial: 'notSerial',
  portBusy: 'busy',
  modemRefused: 'refused',
  modemRubbish: 'rubbish',
};

/** What the end of a session, or a port that could not be opened, means for the life of the modem. */
export function meaningOf({ reason, strange }: SessionEnd, port: string): Extract<LifecycleInput, { type: 'ended' }> {
  const sentence = reason instanceof Error ? reason.message : 'The port is gone.';
  const code = reason instanceof Fault ? reason.code : undefined;
  const why = code === undefined ? undefined : ENDING_OF[code];
  if (why !== undefined) return { type: 'ended', why, sentence };
  // The cable of a modem behind ser2net is in another machine.
  if (code !== 'modemMute') return { type: 'ended', why: port.startsWith('tcp://') ? 'unreachable' : 'gone', sentence };
  return strange > 0
    ? { type: 'ended', why: 'rubbish', sentence: 'What is on this port does not speak AT.' }
    : { type: 'ended', why: 'mute', sentence: 'The modem does not answer.' };
}
