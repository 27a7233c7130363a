import type { Static } from 'typebox';
import type { Task } from '../../http/schemas/task.ts';
import { catalogue } from '../i18n/catalogue.ts';

type Told = Pick<Static<typeof Task>, 'kind' | 'text'>;

/** What a person is asked to look at, in a word or two. */
export const tasks = catalogue({
  optOutUnsure: { uk: 'можлива відмова', ru: 'возможен отказ', en: 'perhaps an opt-out' },
  visit: { uk: 'про візит', ru: 'о визите', en: 'about a visit' },
  wrongNumber: { uk: 'не той номер', ru: 'не тот номер', en: 'wrong number' },
  notFollowed: { uk: 'відповідь не опрацьовано', ru: 'ответ не обработан', en: 'the reply was not dealt with' },
  confirmed: { uk: 'підтвердив візит', ru: 'подтвердил визит', en: 'confirmed the visit' },
  unclear: { uk: 'незрозуміла відповідь', ru: 'непонятный ответ', en: 'an answer that is not clear' },
  lowRating: { uk: 'низька оцінка', ru: 'низкая оценка', en: 'a low rating' },
  untold: { uk: 'не вдалося повідомити', ru: 'не удалось сообщить', en: 'could not be told' },
  call: { uk: 'просить зателефонувати', ru: 'просит позвонить', en: 'wants a call' },
  rule: { uk: 'прочитайте', ru: 'прочитайте', en: 'please read' },
  own: { uk: 'завдання', ru: 'задание', en: 'a task' },
  dialogue: { uk: 'розмова чекає на людину', ru: 'беседа ждёт человека', en: 'the dialogue needs a person' },
});

/** The same as a sentence, with what to do. */
export const taskSentences = catalogue({
  optOutUnsure: {
    uk: 'Можливо, клієнт просить більше не писати. Прочитайте й вирішіть; пропозиції поки чекають.',
    ru: 'Возможно, клиент просит больше не писать. Прочитайте и решите; предложения пока ждут.',
    en: 'The client may be asking for no more texts. Read it and decide; offers wait meanwhile.',
  },
  visit: {
    uk: 'Клієнт, можливо, хоче перенести або скасувати візит.',
    ru: 'Клиент, возможно, хочет перенести или отменить визит.',
    en: 'The client may want to move or cancel a visit.',
  },
  wrongNumber: {
    uk: 'Пишуть, що це не той номер. На нього більше нічого не надсилається.',
    ru: 'Пишут, что это не тот номер. На него больше ничего не отправляется.',
    en: 'They say that this is the wrong number. Nothing is sent there any more.',
  },
  notFollowed: {
    uk: 'Через помилку на цю відповідь нічого не зроблено. Прочитайте її самі.',
    ru: 'Из-за ошибки на этот ответ ничего не сделано. Прочитайте его сами.',
    en: 'Because of a fault nothing followed this reply. Please read it yourself.',
  },
  confirmed: { uk: 'Клієнт підтвердив, що прийде.', ru: 'Клиент подтвердил, что придёт.', en: 'The client has confirmed.' },
  unclear: {
    uk: 'Відповідь про візит незрозуміла: прочитайте й відповідайте.',
    ru: 'Ответ о визите непонятен: прочитайте и ответьте.',
    en: 'The answer about a visit is not clear: read it, and reply.',
  },
  lowRating: {
    uk: 'Клієнт незадоволений. Зателефонуйте або напишіть.',
    ru: 'Клиент недоволен. Позвоните или напишите.',
    en: 'The client is not content. Call or write.',
  },
  untold: {
    uk: 'Повідомлення про візит не дійшло. Скажіть клієнтові самі.',
    ru: 'Сообщение о визите не дошло. Скажите клиенту сами.',
    en: 'A text about a visit could not be sent. Please tell the client yourself.',
  },
  call: { uk: 'Клієнт просить зателефонувати.', ru: 'Клиент просит позвонить.', en: 'The client wants to be called.' },
  rule: {
    uk: 'Ваше правило просить це прочитати.',
    ru: 'Ваше правило просит это прочитать.',
    en: 'A rule of yours asks somebody to read this.',
  },
  own: { uk: 'Завдання від колеги.', ru: 'Задание от коллеги.', en: 'A task from a colleague.' },
  dialogue: {
    uk: 'Автоматична розмова передала клієнта людині.',
    ru: 'Автоматическая беседа передала клиента человеку.',
    en: 'An automatic dialogue has left the client to a person.',
  },
});

/** What a task is about in a word or two, or in those of whoever wrote it. */
export const taskInShort = ({ kind, text }: Told): string => text ?? tasks(kind);

/** The same as a sentence, with what to do. */
export const taskInFull = ({ kind, text }: Told): string => text ?? taskSentences(kind);
