import { Type } from 'typebox';
import { Fault, faultIn } from '../base/fault.ts';
import { TOPIC } from '../base/suppression-scope.ts';
import { readKeyword } from '../policy/keywords.ts';
import { patternFlaw, phraseFlaw } from '../policy/text-pattern.ts';
import type { Rule } from '../store/records/rule.ts';
import { auditEntry } from './audit-entry.ts';
import { answers, BODY_FAULTS } from './docs.ts';
import type { Api, ApiParts } from './parts.ts';
import { pageIn, pageOf, placeOf } from './query.ts';
import { listOf, PageQuery, Shared } from './schemas/common.ts';
import { NewRule, RuleRemoved, RuleToTry } from './schemas/rule.ts';

const tags = ['rules'];

/** A text that is read as one of these never reaches a rule. */
const TAKEN_FIRST: ReadonlySet<string> = new Set(['stop', 'start', 'help', 'wrongNumber']);

const Named = Type.Object({ name: Type.String({ minLength: 1, maxLength: 60, description: 'The name of the rule.' }) });

/** The site's own rules over what clients write. */
export function ruleRoutes(app: Api, { clock, rules, isAlarm }: ApiParts): void {
  app.get(
    '/v1/rules',
    {
      schema: {
        operationId: 'listRules',
        tags,
        summary: 'The rules, in the order in which they are asked',
        description: 'Those of the configuration first, then those made here. The first that fits a text is taken.',
        querystring: PageQuery,
        response: answers({ 200: { description: 'A page of rules.', schema: listOf('Rule') } }, ['requestInvalid', 'cursorInvalid']),
      },
    },
    (request) => Promise.resolve(pageOf('rules', rules.list(), placeOf, pageIn(request.query))),
  );

  app.put(
    '/v1/rules/:name',
    {
      schema: {
        operationId: 'putRule',
        tags,
        summary: 'Make a rule, or change it',
        description: 'Whole: what is not named is none. A rule of the configuration is changed there.',
        params: Named,
        body: NewRule,
        response: answers({ 200: { description: 'The rule as it is now.', schema: Shared('Rule') } }, [
          ...BODY_FAULTS,
          'ruleInvalid',
          'nameTaken',
          'storeFull',
        ]),
      },
    },
    async (request) => {
      const rule = ruleIn(request.params.name, request.body);
      const entry = auditEntry(clock, request, 'rule.set', rule.name);
      if (!(await rules.put(rule, entry))) {
        throw new Fault(
          'nameTaken',
          `A rule of the configuration is called ${JSON.stringify(rule.name)}: change it there, or choose another name.`,
        );
      }
      return { ...rule, source: 'api' as const };
    },
  );

  app.delete(
    '/v1/rules/:name',
    {
      schema: {
        operationId: 'removeRule',
        tags,
        summary: 'Remove a rule',
        params: Named,
        response: answers({ 200: { description: 'Removed.', schema: RuleRemoved } }, ['requestInvalid', 'notFound', 'storeFull']),
      },
    },
    async (request) => {
      const { name } = request.params;
      if (!(await rules.remove(name, auditEntry(clock, request, 'rule.remove', name)))) {
        throw new Fault('notFound', `No rule that was made here is called ${JSON.stringify(name)}; GET /v1/rules lists them.`);
      }
      return { name, removed: true as const };
    },
  );

  app.post(
    '/v1/rules/try',
    {
      schema: {
        operationId: 'tryRules',
        tags,
        summary: 'Try what would follow from a text',
        description: 'Nothing happens by it.',
        body: RuleToTry,
        response: answers({ 200: { description: 'What would follow.', schema: Shared('RuleTrial') } }, BODY_FAULTS),
      },
    },
    (request) => {
      const { text } = request.body;
      const { kind } = readKeyword(text);
      const rule = TAKEN_FIRST.has(kind) ? undefined : rules.list().find(({ name }) => name === rules.ruleFor(text)?.name);
      return {
        meaning: kind === 'none' ? null : kind,
        rule: rule ?? null,
        reply: rule ? rules.replyOf(rule) : null,
        alarm: !TAKEN_FIRST.has(kind) && isAlarm(text),
      };
    },
  );
}

/** @throws Fault `ruleInvalid` */
function ruleIn(name: string, body: NewRule): Rule {
  const rule = { name, words: [], prefix: null, pattern: null, reply: null, tag: null, webhook: false, notify: false, ...body };
  if (name !== name.trim() || /\p{Cc}/u.test(name))
    throw faultIn('ruleInvalid', 'name', 'begins or ends with a space, or holds a control character', 'name');
  const ways = [rule.words.length > 0, rule.prefix !== null, rule.pattern !== null].filter(Boolean).length;
  if (ways !== 1) throw faultIn('ruleInvalid', 'words', 'is to stand alone: give one of words, prefix and pattern');
  for (const [i, word] of rule.words.entries()) refuse(`words/${i}`, phraseFlaw(word));
  if (rule.prefix !== null) refuse('prefix', phraseFlaw(rule.prefix));
  if (rule.pattern !== null) refuse('pattern', patternFlaw(rule.pattern));
  if (rule.reply === null && rule.tag === null && !rule.webhook && !rule.notify) {
    throw faultIn('ruleInvalid', 'reply', 'is missing, and the rule does nothing else: give it a reply, a tag, webhook or notify', 'idle');
  }
  if (rule.tag !== null && !TOPIC.test(rule.tag))
    throw faultIn('ruleInvalid', 'tag', 'is no word of letters, digits, ".", "-" or "_"', 'tag');
  if (rule.reply?.trim() === '') throw faultIn('ruleInvalid', 'reply', 'is empty', 'empty');
  return rule;
}

function refuse(field: string, flaw: string | undefined): void {
  if (flaw !== undefined) throw faultIn('ruleInvalid', field, flaw, 'phrase');
}
