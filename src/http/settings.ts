import { auditEntry } from './audit-entry.ts';
import { answers, BODY_FAULTS } from './docs.ts';
import type { Api, ApiParts } from './parts.ts';
import { Shared } from './schemas/common.ts';
import { QUIET_DAYS } from './schemas/manners.ts';
import { ChangeSettings, type Settings } from './schemas/setting.ts';

const tags = ['box'];

/** What may be changed without editing a file. */
export function settingRoutes(app: Api, { clock, settings }: ApiParts): void {
  app.get(
    '/v1/settings',
    {
      schema: {
        operationId: 'getSettings',
        tags,
        summary: 'What may be changed while the box runs',
        description: 'Quiet hours are those that the site has set itself; `GET /v1/manners` has all that hold.',
        response: answers({ 200: { description: 'As it stands.', schema: Shared('Settings') } }, ['requestInvalid']),
      },
    },
    () => Promise.resolve(shown(settings.restarting)),
  );

  app.put(
    '/v1/settings',
    {
      schema: {
        operationId: 'changeSettings',
        tags,
        summary: 'Change settings while the box runs',
        description:
          'What is named is kept in the store and stands in place of the file; null gives it back to the file. Quiet hours and holidays hold at once. For the rest the box begins anew inside: what is on the air gets its answer first, and who is logged in stays so. `simpost config print` shows what was changed.',
        body: ChangeSettings,
        response: answers({ 200: { description: 'As it stands now.', schema: Shared('Settings') } }, [
          ...BODY_FAULTS,
          'settingInvalid',
          'openingHoursMissing',
          'alarmWordsMissing',
          'storeFull',
        ]),
      },
    },
    async (request) => {
      const named = Object.entries(request.body).flatMap(([table, inner]) =>
        inner === null || Array.isArray(inner) || table === 'holidays' ? [table] : Object.keys(inner).map((name) => `${table}.${name}`),
      );
      return shown(await settings.change(request.body, auditEntry(clock, request, 'settings.change', null, { named: named.join(', ') })));
    },
  );

  const shown = (restarting: boolean): Settings => {
    const { site, quietHours, openingHours, holidays, caps, limits, away, alarm } = settings.values;
    const { name, country = null, language = null, phone = null, timeZone } = site;
    return {
      site: { name, country, language, phone, timeZone },
      quietHours: quietHours.map(inOrder),
      openingHours: openingHours.map(inOrder),
      holidays: { dates: [...holidays.dates] },
      caps: { promotionalPer7Days: caps.promotionalPer7Days, allPerDay: caps.allPerDay },
      limits: {
        recipientPerHour: limits.recipientPerHour,
        recipientPerDay: limits.recipientPerDay,
        costPerDay: limits.costPerDay ?? null,
      },
      away: { phone: away.phone ?? null, text: away.text ?? null },
      alarm: { phone: alarm.phone ?? null, words: [...alarm.words], perHour: alarm.perHour },
      changed: settings.changed,
      restarting,
    };
  };
}

/** Its days as the API names them, from Sunday on. */
const inOrder = <T extends { readonly days: readonly string[] }>(hours: T) => ({
  ...hours,
  days: QUIET_DAYS.filter((day) => hours.days.includes(day)),
});
