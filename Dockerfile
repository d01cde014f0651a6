# Annal in a container: built from the lockfile, run by a user of its own that owns nothing but /data and /keys.
FROM node:24-bookworm-slim AS build
WORKDIR /app
COPY . .
RUN npm ci --no-audit --no-fund && npm run build && npm prune --omit=dev --no-audit --no-fund

FROM node:24-bookworm-slim
ENV NODE_ENV=production MALLOC_ARENA_MAX=2 MALLOC_MMAP_THRESHOLD_=131072 MALLOC_TRIM_THRESHOLD_=131072
WORKDIR /app
RUN useradd --uid 10001 --user-group --no-create-home --shell /usr/sbin/nologin annal \
  && mkdir --mode=0700 /data /keys \
  && chown annal:annal /data /keys
COPY --from=build /app /app
USER annal
VOLUME ["/data", "/keys"]
EXPOSE 4000
ENV ANNAL_HOST=0.0.0.0 ANNAL_DATA=/data ANNAL_MASTER_KEY_FILE=/keys/master.key
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s --retries=6 \
  CMD ["node", "-e", "fetch('http://127.0.0.1:' + (process.env.ANNAL_PORT ?? 4000) + '/health/ready').then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "--disable-warning=ExperimentalWarning", "--max-semi-space-size=8", "apps/api/dist/server/main.js"]
