import type { Role } from '../store/records/user.ts';
import type { Page } from './page.ts';

const ALL: readonly Role[] = ['owner', 'desk', 'readOnly', 'technician'];
const READERS: readonly Role[] = ['owner', 'desk', 'readOnly'];
const WRITERS: readonly Role[] = ['owner', 'desk'];

/** Every page, in the order of the menu, one line each; the first is where one begins. Its folder has all that is its own. */
// biome-ignore format: one line each
export const PAGES: readonly Page[] = [
  { page: 'today', label: { uk: 'Сьогодні', ru: 'Сегодня', en: 'Today' }, icon: 'sun', roles: ALL, load: () => import('./pages/today/today.tsx') },
  { page: 'conversations', label: { uk: 'Розмови', ru: 'Беседы', en: 'Conversations' }, icon: 'talk', roles: READERS, load: () => import('./pages/conversations/conversations.tsx') },
  { page: 'send', label: { uk: 'Надіслати', ru: 'Отправить', en: 'Send' }, icon: 'send', roles: WRITERS, load: () => import('./pages/send/send.tsx') },
  { page: 'visits', label: { uk: 'Візити', ru: 'Визиты', en: 'Visits' }, icon: 'calendar', roles: READERS, load: () => import('./pages/visits/visits.tsx') },
  { page: 'contacts', label: { uk: 'Контакти', ru: 'Контакты', en: 'Contacts' }, icon: 'people', roles: READERS, load: () => import('./pages/contacts/contacts.tsx') },
  { page: 'templates', label: { uk: 'Шаблони', ru: 'Шаблоны', en: 'Templates' }, icon: 'note', roles: READERS, load: () => import('./pages/templates/templates.tsx') },
  { page: 'campaigns', label: { uk: 'Кампанії', ru: 'Кампании', en: 'Campaigns' }, icon: 'horn', roles: READERS, load: () => import('./pages/campaigns/campaigns.tsx') },
  { page: 'dialogues', label: { uk: 'Діалоги', ru: 'Диалоги', en: 'Dialogues' }, icon: 'turns', roles: READERS, load: () => import('./pages/dialogues/dialogues.tsx') },
  { page: 'consent', label: { uk: 'Згода і відмова', ru: 'Согласие и отказ', en: 'Consent and opt-out' }, icon: 'check', roles: READERS, load: () => import('./pages/consent/consent.tsx') },
  { page: 'figures', label: { uk: 'Статистика', ru: 'Статистика', en: 'Figures' }, icon: 'chart', roles: READERS, load: () => import('./pages/figures/figures.tsx') },
  { page: 'queue', label: { uk: 'Черга', ru: 'Очередь', en: 'Queue' }, icon: 'list', roles: ALL, load: () => import('./pages/queue/queue.tsx') },
  { page: 'modems', label: { uk: 'Модеми та SIM', ru: 'Модемы и SIM', en: 'Modems and SIMs' }, icon: 'modem', roles: ALL, load: () => import('./pages/modems/modems.tsx') },
  { page: 'phones', label: { uk: 'Віртуальні телефони', ru: 'Виртуальные телефоны', en: 'Virtual phones' }, icon: 'phone', roles: READERS, onlyVirtual: true, load: () => import('./pages/phones/phones.tsx') },
  { page: 'settings', label: { uk: 'Налаштування', ru: 'Настройки', en: 'Settings' }, icon: 'gear', roles: ['owner', 'technician'], load: () => import('./pages/settings/settings.tsx') },
];
