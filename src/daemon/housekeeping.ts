import type { Timer } from '../base/clock.ts';
import { every } from '../base/waits.ts';
import type { RetentionPeriods } from '../store/records/retention.ts';
import type { Ground } from './world.ts';

/** How often the store is rid of what is only kept for a time, and told which SIMs are still here, milliseconds. */
const HOUSEKEEPING = 3_600_000;

interface House extends Pick<Ground, 'config' | 'store' | 'clock' | 'log'> {
  readonly time: { readonly trust: { readonly trusted: boolean } };
}

/** @param alsoThen what else is done each time, also while nobody knows the time */
export function keepHouse({ config, store, clock, log, time }: House, alsoThen: () => void): Timer {
  const { text } = config.retention;
  const periods: RetentionPeriods = {
    otp: text.otp * 1000,
    urgent: text.urgent * 1000,
    service: text.service * 1000,
    promotional: text.promotional * 1000,
    inbound: text.inbound * 1000,
  };
  const tidy = async (): Promise<void> => {
    await store.auditAccepted(clock.now());
    await store.purge(clock.now());
    const erased = await store.eraseTexts(periods, clock.now());
    if (erased.messages + erased.inbound > 0) log.info(erased, 'texts were erased, as retention says');
  };
  return every(clock, HOUSEKEEPING, () => {
    alsoThen();
    // What is erased cannot be had back: that waits until somebody knows the time.
    if (!time.trust.trusted) return;
    tidy().catch((error: unknown) => log.error({ err: error }, 'what is only kept for a time could not be removed'));
  });
}
