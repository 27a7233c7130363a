import type { FastifyRequest } from 'fastify';
import type { Clock } from '../base/clock.ts';
import type { AuditAction, AuditDetail, NewAudit } from '../store/records/audit.ts';

/**
 * What a request asks for, as the audit log has it.
 * @param target what it is done to; null for the whole box
 * @param detail what else is asked; fields that are not given are left out. No text of a client, no whole number, no secret.
 */
export function auditEntry(
  clock: Clock,
  { keyId }: Pick<FastifyRequest, 'keyId'>,
  action: AuditAction,
  target: string | null,
  detail: Readonly<Record<string, AuditDetail[string] | undefined>> = {},
): NewAudit {
  const given: Record<string, AuditDetail[string]> = {};
  for (const [name, value] of Object.entries(detail)) if (value !== undefined) given[name] = value;
  return { at: clock.now(), actor: keyId, action, target, detail: given };
}
