import type { Table, ValuesOf } from './option.ts';
import { alerts } from './options/alerts.ts';
import { alarm, away, openingHours, rule } from './options/answers.ts';
import { balance } from './options/balance.ts';
import { calls } from './options/calls.ts';
import { http } from './options/http.ts';
import { limits } from './options/limits.ts';
import { lint } from './options/lint.ts';
import { log } from './options/log.ts';
import { messages } from './options/messages.ts';
import { modem, modems } from './options/modems.ts';
import { morning } from './options/morning.ts';
import { otpTemplate } from './options/otp.ts';
import { caps, holidays, policy, quietHours } from './options/policy.ts';
import { publicPages } from './options/public.ts';
import { delivery, missed, queue } from './options/queue.ts';
import { sim, simChoice, simDefaults } from './options/sims.ts';
import { site } from './options/site.ts';
import { backup, retention, store } from './options/store.ts';
import { time } from './options/time.ts';
import { webhook, webhooks } from './options/webhooks.ts';

/**
 * Every option of Simpost, once. What the file may say, what the daemon gets (`Config`), the JSON Schema, the names in
 * the environment, `simpost config print` and the manual all come from here.
 */
export const OPTIONS = {
  description: 'Simpost',
  options: {
    site,
    http,
    limits,
    store,
    backup,
    messages,
    otpTemplate,
    lint,
    policy,
    quietHours,
    holidays,
    caps,
    openingHours,
    away,
    alarm,
    rule,
    public: publicPages,
    queue,
    delivery,
    time,
    missed,
    calls,
    morning,
    balance,
    retention,
    modems,
    modem,
    simDefaults,
    simChoice,
    sim,
    webhooks,
    webhook,
    alerts,
    log,
  },
} as const satisfies Table;

/** The effective configuration, with the keys of the file. Secrets that stood in files of their own are filled in. */
export type Config = ValuesOf<typeof OPTIONS.options>;
