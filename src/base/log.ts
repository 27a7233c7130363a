import { type Logger, pino } from 'pino';

/** Structured log, one line per event. Texts, codes and full numbers never go in: see `maskNumber`. */
export type Log = Logger;

export type LogLevel = 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'silent';

/** The log of a daemon, as JSON lines to standard error (standard output belongs to the commands), or to somebody else. */
export function createLog(level: LogLevel, to: { write(line: string): void } = pino.destination({ fd: 2, sync: true })): Log {
  return pino({ name: 'simpost', level, redact: ['req.headers.authorization', '*.text', '*.pdu'] }, to);
}

export const silentLog: Log = pino({ level: 'silent' });

/** A number as logs may show it: the first six characters and the last four, `+380501234567` as `+38050***4567`. */
export function maskNumber(number: string): string {
  return number.length < 10 ? `${number.slice(0, 1)}***` : `${number.slice(0, 6)}***${number.slice(-4)}`;
}
