/** What is written down of those who run the box. Another action gets its name here. */
export const AUDIT_ACTIONS = [
  'sending.set',
  'settings.change',
  'message.accept',
  'message.resolve',
  'message.release',
  'missed.decide',
  'time.confirm',
  'trace.record',
  'ussd.ask',
  'forwarding.set',
  'forwarding.end',
  'key.create',
  'key.revoke',
  'user.create',
  'user.change',
  'user.remove',
  'session.begin',
  'session.end',
  'session.refuse',
  'secondFactor.on',
  'secondFactor.off',
  'secondFactor.takeAway',
  'secondFactor.recover',
  'sim.pin',
  'sim.topUp',
  'sim.retire',
  'sim.reinstate',
  'sim.allow',
  'sim.endAllowance',
  'backup.make',
  'dialogue.define',
  'dialogue.undefine',
  'dialogue.steer',
  'stock.set',
  'stock.free',
  'poster.set',
  'poster.remove',
  'rule.set',
  'rule.remove',
  'suppression.add',
  'suppression.release',
  'suppression.import',
  'suppression.whole',
  'occasion.notify',
  'occasion.undoNotice',
  'sequence.set',
  'sequence.remove',
  'store.restore',
  'template.set',
  'template.remove',
  'webhook.create',
  'webhook.change',
  'webhook.remove',
  'webhook.rotate',
  'webhook.resend',
  'alert.test',
  'person.export',
  'person.erase',
  'contact.remove',
  'contact.import',
  'contact.export',
  'consent.export',
  'segment.set',
  'segment.remove',
  'campaign.start',
  'campaign.pause',
  'campaign.resume',
  'campaign.cancel',
  'resource.set',
  'resource.remove',
] as const;

export type AuditAction = (typeof AUDIT_ACTIONS)[number];

/** No text of a client, no whole number, no secret. */
export type AuditDetail = Readonly<Record<string, string | number | boolean | null>>;

/** One thing that somebody in charge did. */
export interface NewAudit {
  readonly at: number;
  /** The id of an API key or a user, `cli:` and a user of the system, `setup`, or `daemon`; of `message.accept` whoever handed the messages over. */
  readonly actor: string;
  readonly action: AuditAction;
  /** What it was done to: an id, an ICCID, a port; null where it concerns the whole box. */
  readonly target: string | null;
  readonly detail: AuditDetail;
}

/** The same as it was written down. A newer Simpost may have actions that this one does not know. */
export interface AuditEntry extends Omit<NewAudit, 'action'> {
  readonly action: string;
  readonly seq: number;
  /** SHA-256, hex. */
  readonly hash: string;
}

export interface AuditFilter {
  readonly since?: number;
}

/** An entry that somebody has noted elsewhere. */
export interface AuditMark {
  readonly seq: number;
  readonly hash: string;
}

export interface AuditVerdict {
  readonly entries: number;
  /** The last entry; null when there is none. */
  readonly head: AuditMark | null;
  /** The first place at which the log is not as it was written; null when it is. */
  readonly brokenAt: number | null;
}
