/** What keeps backups from being made, for programs that say it in a language of their own. */
export const BACKUP_TROUBLES = ['diskFull', 'directory', 'storeDamaged', 'other'] as const;

export type BackupTrouble = (typeof BACKUP_TROUBLES)[number];
