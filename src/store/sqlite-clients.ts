import type { SqliteParts } from './sqlite-parts.ts';
import type { Store } from './store.ts';
import type { Writing } from './writing.ts';

const earliest = (a: number | undefined, b: number | undefined): number | undefined =>
  a === undefined || b === undefined ? (a ?? b) : Math.min(a, b);

/** What the site knows of its clients, and has with them. */
export function clientStores(
  {
    campaigns,
    tasks,
    stock,
    dialogues,
    dialogueViews,
    occasionSteps,
    occasions,
    occasionNotices,
    sequences,
    statistics,
    templates,
    contacts,
    contactFacts,
    segments,
    contactImports,
    contactLists,
    resources,
  }: SqliteParts,
  writing: Writing,
): Pick<Store, 'statistics' | 'occasions' | 'dialogues' | 'contacts' | 'campaigns' | 'segments' | 'resources' | 'templates'> {
  const { audited } = writing;
  return {
    statistics,
    occasions: {
      amend: (ref, now, amend) => writing.write((tx) => occasions.amend(tx, ref, now, amend)),
      remove: (ref, now, may) => writing.write((tx) => occasions.remove(tx, ref, now, may)),
      takeBack: (ref, instance, now) => writing.write((tx) => occasions.takeBack(tx, ref, instance, now)),
      view: async (ref) => occasions.view(ref),
      list: async (filter, page) => occasions.list(filter, page),
      ofNumber: (to, limit) => occasions.ofNumber(to, limit),
      between: async (from, until, after, limit) => occasions.between(from, until, after, limit),
      heard: (to, now) => writing.write(() => occasions.heard(to, now)),
      at: (kind, startsAt) => occasions.at(kind, startsAt),
      freed: (limit) => occasions.freed(limit),
      closeSlot: (seq) => writing.write(() => occasions.closeSlot(seq)),
      withStatus: (kind, status, limit) => occasions.withStatus(kind, status, limit),
      saidSince: (to, since) => occasions.saidSince(to, since),
      due: (now, limit) => occasionSteps.due(now, limit),
      together: (joins) => occasionSteps.together(joins),
      byMessage: (messageId) => occasionSteps.byMessage(messageId),
      toReplan: (now, limit) => occasions.toReplan(now, limit),
      addNotice: (notice) => writing.write(() => occasionNotices.add(notice)),
      notice: (id) => occasionNotices.of(id),
      dueNotice: (now) => occasionNotices.due(now),
      endNotice: (id, as) => writing.write(() => occasionNotices.end(id, as)),
      next: () => earliest(earliest(occasionSteps.next(), occasions.nextReplan()), occasionNotices.next()),
      skip: (step, reason, task, now) =>
        writing.write(() => {
          const occasion = occasionSteps.skip(step, reason);
          if (occasion && task !== null) tasks.about(occasion, task, null, now);
        }),
      later: (step, takeAt) => writing.write(() => occasionSteps.later(step, takeAt)),
      sequences: async () => sequences.all(),
      setSequence: (kind, sequence, now) =>
        writing.write(() => {
          sequences.set(kind, sequence, now);
          occasions.touch(kind, now);
        }),
    },
    dialogues: {
      putDefinition: (name, body, at, entry) => audited(entry, () => dialogueViews.put(name, body, at)),
      removeDefinition: (name, entry) =>
        audited(
          entry,
          () => dialogueViews.remove(name),
          (was) => was,
        ),
      definitions: () => dialogueViews.active(),
      begin: (news, turn, now) => writing.write((tx) => dialogues.begin(tx, news, turn, now)),
      hear: (text, isCancel, begins, turn, now) => writing.write((tx) => dialogues.hear(tx, text, isCancel, begins, turn, now)),
      tell: (id, input, turn, now, entry) =>
        audited(
          entry,
          (tx) => dialogues.tell(tx, id, input, turn, now),
          (dialogue) => dialogue !== undefined && dialogue !== null,
        ),
      takeDue: (turn, now) => writing.write((tx) => dialogues.takeDue(tx, turn, now)),
      closeAuction: (name, turn, now) => writing.write((tx) => dialogues.closeAuction(tx, name, turn, now)),
      nextDue: () => dialogueViews.nextDue(),
      of: async (id) => dialogueViews.of(id),
      list: async (filter, page) => dialogueViews.list(filter, page),
      putStock: (pool, things, entry) => audited(entry, () => stock.put(pool, things)),
      freeThing: (pool, thing, entry) =>
        audited(
          entry,
          () => stock.freeThing(pool, thing),
          (was) => was,
        ),
      stock: async (pool) => stock.list(pool),
    },
    contacts: {
      put: (contact) =>
        writing.write(() => {
          contactImports.settle(contact.externalId);
          occasions.touchContact(contact.externalId, contact.updatedAt);
          return contacts.put(contact);
        }),
      remove: (externalId, entry) =>
        audited(
          entry,
          () => {
            contactImports.settle(externalId);
            return contacts.remove(externalId);
          },
          (was) => was,
        ),
      of: (externalId) => contacts.of(externalId),
      withNumber: (number) => contacts.withNumber(number),
      zonesOf: (number) => contacts.zonesOf(number),
      list: async (filter, page) => contactLists.list(filter, page),
      longestNames: () => contacts.longestNames(),
      walk: (after, limit) => contactFacts.walk(after, limit),
      occasionsOf: (contact, kind) => contactFacts.occasionsOf(contact, kind),
      heardAt: (numbers) => contactFacts.heardAt(numbers),
      writtenAt: (numbers) => contactFacts.writtenAt(numbers),
      imports: {
        begin: (consent) => writing.write(() => contactImports.begin(consent)),
        stage: (rows, now) => writing.writeInSteps(() => contactImports.stage(rows, now, () => writing.isAwaited)),
        flip: () => writing.write(() => contactImports.flip()),
        tidy: () => writing.writeInSteps(() => contactImports.tidy(() => writing.isAwaited)),
      },
    },
    campaigns: {
      add: (campaign) => writing.write(() => campaigns.add(campaign)),
      of: (id) => campaigns.of(id),
      list: (page) => campaigns.list(page),
      active: () => campaigns.active(),
      move: (id, from, to, change, entry) =>
        audited(
          entry,
          (tx) => campaigns.move(tx, id, from, to, change),
          (moved) => moved !== undefined,
        ),
      addRecipients: (campaign, recipients) => writing.writeInSteps(() => campaigns.addRecipients(campaign, recipients)),
      clearRecipients: (campaign) => writing.write(() => campaigns.clearRecipients(campaign)),
      counts: (campaign) => campaigns.counts(campaign),
      next: (campaign, limit) => campaigns.next(campaign, limit),
      waiting: (campaign) => campaigns.waiting(campaign),
      settle: (campaign, fates) => writing.write(() => campaigns.settle(campaign, fates)),
      optOuts: (campaign) => campaigns.optOuts(campaign),
      follow: (token, now) => writing.write(() => campaigns.follow(token, now)),
      fates: (campaign, after, limit, within) => campaigns.fates(campaign, after, limit, within),
    },
    segments: {
      put: (segment, entry) => audited(entry, () => segments.put(segment)),
      remove: (name, entry) =>
        audited(
          entry,
          () => segments.remove(name),
          (was) => was,
        ),
      of: (name) => segments.of(name),
      all: () => segments.all(),
    },
    resources: {
      put: (resource, entry) => audited(entry, () => resources.put(resource)),
      remove: (externalId, entry) =>
        audited(
          entry,
          () => resources.remove(externalId),
          (was) => was,
        ),
      of: (externalId) => resources.of(externalId),
      all: (kind) => resources.all(kind),
    },
    templates: {
      put: (template, entry) => audited(entry, () => templates.put(template)),
      remove: (name, entry) =>
        audited(
          entry,
          () => templates.remove(name),
          (was) => was,
        ),
      of: (name) => templates.of(name),
      all: () => templates.all(),
    },
  };
}
