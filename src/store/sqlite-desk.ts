import { purposeRank } from '../base/purpose.ts';
import type { SqliteParts } from './sqlite-parts.ts';
import type { Store } from './store.ts';
import type { Writing } from './writing.ts';

/** What the desk keeps: who may be written to, what was answered, what is asked of people, and how the box is set. */
export function deskStores(
  {
    outbox,
    signals,
    boxAlerts,
    suppressions,
    tasks,
    consents,
    followUps,
    replies,
    posters,
    rules,
    eventViews,
    conversations,
    webhooks,
    publicPages,
    settings,
    audit,
  }: SqliteParts,
  writing: Writing,
): Pick<
  Store,
  'optOut' | 'consents' | 'conversations' | 'desk' | 'signals' | 'posters' | 'settings' | 'publicPages' | 'webhooks' | 'alerts'
> {
  const { audited } = writing;
  return {
    optOut: {
      suppress: (entries, entry) => audited(entry, () => suppressions.add(entries)),
      release: (to, scopes, entry) => audited(entry, () => suppressions.remove(to, scopes)),
      of: (to) => suppressions.of(to, 'committed'),
      over: (to, purpose, topic) => suppressions.over({ recipient: to, rank: purposeRank(purpose), topic }, 'committed'),
      offersHeldUntil: (to, now) => suppressions.offersHeldUntil(to, now, 'committed'),
      setFewOffers: (to, few, at, entry) => audited(entry, () => (few ? suppressions.slowOffers(to, at) : suppressions.endSlowOffers(to))),
      wantsFewOffers: (to) => suppressions.wantsFewOffers(to),
      lostAt: () => suppressions.lostAt('committed'),
      setWhole: (entry) => audited(entry, () => suppressions.setWhole()),
    },
    consents: {
      give: (consent) => writing.write(() => consents.add(consent)),
      covers: (to, purpose, topic, now) => consents.covers(to, purpose, topic, now),
      list: async (to, page) => consents.list(to, page),
    },
    conversations: {
      list: async (filter, page) => conversations.list(filter, page),
      unseen: () => conversations.unseen(),
      see: (contact, until, now) => writing.write(() => conversations.see(contact, until, now)),
    },
    desk: {
      openReplies: () => replies.open(),
      settleReply: (seq, outcome) => writing.write(() => replies.settle(seq, outcome)),
      replyCounts: (from, heard, now) => writing.write(() => replies.counts(from, heard, now)),
      lastReply: (to, kind) => writing.write(() => replies.latest(to, kind)),
      tellOnce: (reply, most, since) => writing.write((tx) => replies.addOnce(tx, reply, most, since)),
      doByRule: (text, deed, at) => writing.write((tx) => rules.do(tx, text, deed, at)),
      rules: () => rules.all(),
      putRule: (rule, at, entry) => audited(entry, () => rules.put(rule, at)),
      removeRule: (name, entry) =>
        audited(
          entry,
          () => rules.remove(name),
          (was) => was,
        ),
      toFollow: (after, limit, now) => followUps.next(after, limit, now),
      finishFollowing: (seq) => writing.write(() => void followUps.finish(seq)),
      giveUpFollowing: (seq, at) => writing.write(() => followUps.giveUp(seq, at)),
      tasks: async (all, page, contact) => tasks.list(all, page, contact),
      addTask: (task) => writing.write(() => tasks.addOwn(task)),
      finishTask: (id, by, at) => writing.write(() => tasks.finish(id, by, at)),
    },
    signals: {
      keep: (samples, forgetBefore) => writing.write(() => signals.keep(samples, forgetBefore)),
      since: async (imei, since) => signals.since(imei, since),
    },
    posters: {
      put: (poster, entry) => audited(entry, () => posters.put(poster)),
      remove: (word, entry) =>
        audited(
          entry,
          () => posters.remove(word),
          (was) => was,
        ),
      all: () => posters.all(),
      agree: (text, poster, may, at) => writing.write((tx) => posters.agree(tx, text, poster, may, at)),
    },
    settings: {
      change: (changes, at, entry) => audited(entry, () => settings.change(changes, at)),
      all: () => settings.all(),
    },
    publicPages: {
      keepLinks: (links, at) => writing.write(() => publicPages.keep(links, at)),
      numberOf: async (token) => publicPages.numberOf(token),
      topicsOf: async (to) => publicPages.topicsOf(to),
      choose: (to, choice, at) => writing.write(() => publicPages.choose(to, choice, at)),
      askByText: (to, text, most, at) => writing.write((tx) => publicPages.askByText(tx, to, text, most, at)),
    },
    webhooks: {
      add: (webhook, entry) => audited(entry, () => webhooks.add(webhook)),
      change: (id, change, entry) =>
        audited(
          entry,
          () => {
            outbox.comeBack(id);
            return webhooks.change(id, change);
          },
          (now) => now !== undefined,
        ),
      remove: (id, entry) =>
        audited(
          entry,
          () => webhooks.remove(id),
          (was) => was,
        ),
      all: async () => webhooks.all(),
      gone: async () => outbox.gone(),
      deliveries: async (endpoint, state, page) => eventViews.deliveries(endpoint, state, page),
      resend: (endpoint, deliveries, now, entry) =>
        audited(
          entry,
          () => {
            const count = outbox.again(endpoint, deliveries, now);
            if (count > 0) outbox.comeBack(endpoint);
            return count;
          },
          (count) => count > 0,
        ),
      async resendFailed(endpoint, since, now, entry) {
        await writing.write(() => {
          outbox.comeBack(endpoint);
          audit.add(entry);
        });
        return writing.writeInSteps(() => outbox.failedAgain(endpoint, since, now));
      },
    },
    alerts: {
      raise: (alert, sentence, now, again) => writing.write((tx) => boxAlerts.raise(tx, alert, sentence, now, again)),
      end: (id, sentence, now) => writing.write((tx) => boxAlerts.end(tx, id, sentence, now)),
      open: async () => boxAlerts.open(),
      since: async (since) => boxAlerts.since(since),
      told: (channel, raised, over, now) => writing.write(() => boxAlerts.told(channel, raised, over, now)),
      list: async (all, page) => boxAlerts.list(all, page),
    },
  };
}
