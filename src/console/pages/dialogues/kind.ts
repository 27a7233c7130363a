import type { Static } from 'typebox';
import type { DialogueDefinition } from '../../../http/schemas/dialogue.ts';

export type Kind = Static<typeof DialogueDefinition>;

export const pathOf = (name: string): string => `/v1/dialogue-definitions/${encodeURIComponent(name)}`;
