# Builds the service from a checkout: docker build -t chaxi .
#
# A container needs its API keys, the address that browsers send media to, and one media port a worker (one worker a core):
#   docker run -p 4480:4480 -p 44480-44495:44480-44495/tcp -p 44480-44495:44480-44495/udp -v chaxi-data:/app/data \
#     -e CHAXI_AUTH_API_KEYS=myshop:SECRET -e CHAXI_MEDIA_ANNOUNCED_ADDRESS=203.0.113.7 chaxi
# docs/configuration.md lists all variables.

FROM debian:bookworm-slim AS build
RUN apt-get update \
 && apt-get install -y --no-install-recommends ca-certificates nodejs npm \
 && rm -rf /var/lib/apt/lists/*
WORKDIR /app
COPY . .
# The worker is cached by its recipe, so a change of our own sources does not build it again.
RUN --mount=type=cache,target=/root/.cache/chaxi --mount=type=cache,target=/root/.npm \
    node scripts/setup.mjs \
 && mkdir /out \
 && cp -L node_modules/.bin/node /out/node \
 && node --input-type=module -e "console.log((await import('/app/scripts/worker/locate.mjs')).findWorkerBin())" \
    | xargs -I{} cp {} /out/mediasoup-worker
# Left out: development packages, the worker's source, the package that brought Node.js.
RUN --mount=type=cache,target=/root/.npm \
    npm prune --omit=dev --ignore-scripts --no-audit --no-fund \
 && rm -rf node_modules/mediasoup/worker node_modules/node-linux-* node_modules/.chaxi

FROM debian:bookworm-slim
RUN apt-get update \
 && apt-get install -y --no-install-recommends libssl3 libstdc++6 \
 && rm -rf /var/lib/apt/lists/* \
 && useradd --system --home-dir /app --shell /usr/sbin/nologin chaxi \
 && install -d -o chaxi -g chaxi /app/data
WORKDIR /app
COPY --from=build /out/ /usr/local/bin/
COPY --from=build /app/node_modules node_modules
COPY --from=build /app/package.json /app/LICENSE ./
COPY --from=build /app/scripts scripts
COPY --from=build /app/config config
COPY --from=build /app/protocol protocol
COPY --from=build /app/client-sdk/package.json client-sdk/package.json
COPY --from=build /app/client-sdk/dist client-sdk/dist
COPY --from=build /app/web/dist web/dist
COPY --from=build /app/server server
ENV NODE_ENV=production \
    MEDIASOUP_WORKER_BIN=/usr/local/bin/mediasoup-worker \
    CHAXI_HTTP_HOST=0.0.0.0
USER chaxi
VOLUME /app/data
EXPOSE 4480/tcp 44480-44495/tcp 44480-44495/udp
HEALTHCHECK --interval=10s --timeout=3s --start-period=10s \
  CMD ["node", "-e", "fetch('http://127.0.0.1:4480/healthz').then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "server/main.ts"]
