import { CONSENT_SCOPES, type SuppressionScope, TOPIC } from '../../base/suppression-scope.ts';
import type { PageChoice } from '../../store/records/public-page.ts';
import type { PageLanguage, pageWords } from '../../texts/public-pages.ts';
import { escapeHtml, page, paragraph, said } from './page.ts';

type Say = ReturnType<typeof pageWords>;

/** The page on which a client ends texts. To look at it changes nothing: mail scanners and phones look at links by themselves (O11). */
export function optOutPage(language: PageLanguage, say: Say, topics: readonly string[], heard?: string): string {
  const radio = (value: string, text: string, checked = false): string =>
    `<label><input type="radio" name="choice" value="${value}"${checked ? ' checked' : ''}> ${escapeHtml(text)}</label>`;
  const boxes = topics
    .map((topic) => `<label><input type="checkbox" name="topic" value="${escapeHtml(topic)}"> ${escapeHtml(topic)}</label>`)
    .join('');
  const some = topics.length === 0 ? '' : `<fieldset>${radio('topics', say('topics'))}${boxes}</fieldset>`;
  const form =
    `<form method="post">${radio('offers', say('offers'), true)}${radio('monthly', say('monthly'))}${radio('call', say('call'))}` +
    `${radio('all', say('all'))}${some}<p><button>${escapeHtml(say('save'))}</button></p></form>`;
  return page(language, say('title'), `${heard === undefined ? '' : said(heard)}${paragraph(say('about'))}${form}`);
}

/** The page for who has no link. */
export function askPage(language: PageLanguage, say: Say, heard?: string): string {
  const form = `<form method="post"><label>${escapeHtml(say('number'))} <input type="tel" name="number" required maxlength="30" autocomplete="tel"></label><p><button>${escapeHtml(say('send'))}</button></p></form>`;
  return page(language, say('title'), `${heard === undefined ? '' : said(heard)}${paragraph(say('ask'))}${form}`);
}

/**
 * What was chosen in the form; undefined where it was nothing.
 * @param offered the topics that stood there
 */
export function choiceIn(form: URLSearchParams, offered: readonly string[]): PageChoice | undefined {
  switch (form.get('choice') ?? '') {
    case 'offers':
      return { kind: 'end', scopes: CONSENT_SCOPES };
    case 'all':
      return { kind: 'end', scopes: ['all'] };
    case 'monthly':
      return { kind: 'monthly' };
    case 'call':
      return { kind: 'call' };
    case 'topics': {
      const scopes = form
        .getAll('topic')
        .flatMap((topic): SuppressionScope[] => (offered.includes(topic) && TOPIC.test(topic) ? [`topic:${topic}`] : []));
      return scopes.length === 0 ? undefined : { kind: 'end', scopes };
    }
    default:
      return undefined;
  }
}
