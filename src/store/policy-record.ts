import type { PolicyRecord } from './records/message.ts';

/** What is shown of a message whose policy record cannot be read. */
const UNKNOWN: PolicyRecord = { decision: 'send', until: null, rules: [] };

const isRecord = (value: unknown): value is PolicyRecord =>
  typeof value === 'object' && value !== null && 'decision' in value && 'rules' in value && Array.isArray(value.rules);

/** A policy record as it is kept. */
export function writePolicy(policy: PolicyRecord): string {
  return JSON.stringify(policy);
}

export function readPolicy(text: string): PolicyRecord {
  try {
    const value: unknown = JSON.parse(text);
    return isRecord(value) ? value : UNKNOWN;
  } catch {
    return UNKNOWN;
  }
}
