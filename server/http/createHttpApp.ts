import compression from 'compression';
import express, { Router, type Express } from 'express';
import type { Config } from '../../config/schema.ts';
import { ChaxiError } from '../../protocol/ChaxiError.ts';
import type { Logger } from '../base/logger.ts';
import type { Metrics } from '../base/Metrics.ts';
import { ATTACHMENTS_PATH } from '../messaging/attachments/AttachmentDesk.ts';
import { STILLS_PATH } from '../storage/stillInfo.ts';
import { attachmentRoutes } from './attachmentRoutes.ts';
import type { AttachmentHttpService } from './attachmentService.ts';
import { conversationRoutes } from './conversationRoutes.ts';
import type { ConversationService } from './conversationService.ts';
import { crossOrigin } from './crossOrigin.ts';
import { demoRoutes, type DemoLink } from './demoRoutes.ts';
import { errorHandler } from './errorHandler.ts';
import type { Health } from './health.ts';
import { openApiDocument } from './openApi.ts';
import { inviteRoutes } from './inviteRoutes.ts';
import type { InviteService } from './inviteService.ts';
import { operationsRoutes } from './operationsRoutes.ts';
import { personRoutes } from './personRoutes.ts';
import type { PersonService } from './personService.ts';
import { rateLimit } from './rateLimit.ts';
import { requestContext } from './requestContext.ts';
import { roomRoutes } from './roomRoutes.ts';
import type { RoomService } from './roomService.ts';
import { securityHeaders } from './securityHeaders.ts';
import { defaultStaticFolders, staticFiles, type StaticFolders } from './staticFiles.ts';
import { stillRoutes } from './stillRoutes.ts';
import type { StillService } from './stillService.ts';
import { TASTING_PATH, tastingRoutes } from './tastingRoutes.ts';
import type { TastingExportService, TastingService } from './tastingService.ts';

export interface HttpAppOptions {
  config: Config;
  logger: Logger;
  metrics: Metrics;
  rooms: RoomService;
  stills: StillService;
  tastings: TastingService;
  tastingExports: TastingExportService;
  attachments: AttachmentHttpService;
  conversations: ConversationService;
  invites: InviteService;
  /** All that is kept of people, in parts. */
  people: readonly PersonService[];
  health: Health;
  /** Of the other nodes, whose pages may use this one. */
  nodeUrls: () => string[];
  /** The links of the demo room; served in development only. */
  demoLinks?: () => Promise<DemoLink[]>;
  staticFolders?: StaticFolders;
}

/** Everything that is not a WebSocket: REST, operations, pages. Whatever fails ends in one error handler. */
export function createHttpApp(options: HttpAppOptions): Express {
  const { config, logger, metrics, stills, attachments, invites, health, nodeUrls } = options;
  const { http } = config;
  const https = http.publicUrl === null ? http.tls.certFile !== null : http.publicUrl.startsWith('https:');
  const app = express();
  app.disable('x-powered-by');
  app.set('query parser', false);
  app.set('trust proxy', http.trustProxy);
  app.use(requestContext(logger, http.trustProxy));
  app.use(securityHeaders(https));
  app.use(compression());
  app.use(operationsRoutes(health, metrics, http.rateLimitPerMinute));
  app.use('/v1', crossOrigin(http, nodeUrls), rateLimit(http.rateLimitPerMinute), apiRoutes(options));
  app.use(
    STILLS_PATH,
    crossOrigin(http, nodeUrls),
    stillRoutes(stills, config.stills.maxBytes, http.rateLimitPerMinute),
  );
  app.use(
    TASTING_PATH,
    crossOrigin(http, nodeUrls),
    tastingRoutes(config.auth, options.tastingExports, http.rateLimitPerMinute),
  );
  app.use(ATTACHMENTS_PATH, crossOrigin(http, nodeUrls), attachmentRoutes(attachments, http.rateLimitPerMinute));
  app.use('/invites', crossOrigin(http, nodeUrls), inviteRoutes(invites, http.rateLimitPerMinute));
  if (config.mode === 'development' && options.demoLinks !== undefined) {
    app.use(demoRoutes(options.demoLinks));
  }
  app.use(staticFiles(options.staticFolders ?? defaultStaticFolders, logger));
  app.use((_request, _response, next) => next(new ChaxiError('notFound')));
  app.use(errorHandler(metrics));
  return app;
}

function apiRoutes(options: HttpAppOptions): Router {
  const { config, rooms, stills, tastings, tastingExports, invites, conversations, people } = options;
  const { auth } = config;
  const document = openApiDocument();
  const router = Router();
  router.use((_request, response, next) => {
    response.set('Cache-Control', 'no-store');
    next();
  });
  router.get('/openapi.json', (_request, response) => {
    response.json(document);
  });
  router.use('/rooms', roomRoutes({ auth, rooms, stills, tastings, tastingExports, invites }));
  router.use('/conversations', conversationRoutes(auth, conversations));
  router.use('/people', personRoutes(auth, people));
  return router;
}
