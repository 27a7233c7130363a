import type { Duplex } from 'node:stream';
import type { FastifyInstance } from 'fastify';
import type { Clock } from './base/clock.ts';
import { Fault } from './base/fault.ts';
import type { Log } from './base/log.ts';
import type { Random } from './base/random.ts';
import type { Config } from './config/options.ts';
import { Acceptance } from './dispatch/accept.ts';
import { Delivery } from './dispatch/delivery.ts';
import { Dispatcher } from './dispatch/dispatcher.ts';
import { buildApi } from './http/api.ts';
import { Receiver } from './inbound/receiver.ts';
import { ModemPool } from './modem/pool.ts';
import { openSqliteStore } from './store/sqlite-store.ts';
import { WebhookSender } from './webhooks/sender.ts';
import { VERSION } from './version.ts';

