import { createReminders } from '../migrations/1767225700063-create-reminders.ts';
import { Reminder } from './entities/reminder.ts';

export const reminderEntities = [Reminder];
export const reminderMigrations = [createReminders];
