# docker build -t vidpipe .    How to run it: compose.yaml, docs/operations.md

FROM node:24-trixie-slim AS build
WORKDIR /app
# Packages and generated code in a layer of their own: they change less often than the source.
COPY package.json package-lock.json prisma.config.ts ./
COPY scripts scripts
COPY prisma prisma
RUN node scripts/prepare.mjs
COPY tsconfig.json tsconfig.build.json tsconfig.client.json schema.graphql ./
COPY bin bin
COPY src src
RUN npm run build \
 && npm prune --omit=dev --no-save --no-audit --no-fund

# No Node of its own: it runs on the one pinned in package-lock.json, as everywhere else.
FROM debian:trixie-slim
# Hears English, and finds when known words are said (docs/moments.md).
RUN apt-get -qq update \
 && apt-get -qq install -y --no-install-recommends pocketsphinx pocketsphinx-en-us \
 && rm -rf /var/lib/apt/lists/*
RUN useradd --system --uid 10001 --home-dir /app --shell /usr/sbin/nologin vidpipe \
 && install --directory --owner=vidpipe /data
WORKDIR /app
COPY --from=build /app/package.json ./
COPY --from=build /app/schema.graphql ./
COPY --from=build /app/node_modules node_modules
COPY --from=build /app/prisma prisma
COPY --from=build /app/src/cli/films/demo-script.txt src/cli/films/demo-script.txt
COPY --from=build /app/bin bin
COPY --from=build /app/dist dist
RUN install --directory --owner=vidpipe node_modules/.cache \
 && ln -s /app/bin/vidpipe.js /usr/local/bin/vidpipe
# A container's loopback reaches nobody; on any other address the server asks for API keys.
ENV PATH=/app/node_modules/.bin:$PATH \
    HOST=0.0.0.0 \
    VIDPIPE_DATA_DIR=/data
USER vidpipe
VOLUME /data
EXPOSE 4000
HEALTHCHECK --interval=10s --timeout=6s --start-period=60s \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT || 4000}/readyz`).then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
# Node itself gets the signals; `vidpipe` on the PATH is for `docker exec`. The flags are those of bin/vidpipe.js.
ENTRYPOINT ["node", "--max-semi-space-size=8", "--no-allocation-site-pretenuring", "dist/main.js"]
CMD ["serve"]
