/**
 * In place of an API key: news for many whose number a person has confirmed. The quota that keeps programs from calling
 * everything urgent is not for it, since no program can hand anything over under this name.
 */
export const NOTICE_KEY = 'notice';
