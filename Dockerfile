# Two images: `tongdui` (the default) runs a subgraph, the gateway or a command; `merchant` runs what a
# merchant starts from. Both on Debian and not on Alpine: its C library is the one that the tests ran
# on, and npm has the SQLite engine for it as a finished binary.

FROM node:24-bookworm-slim AS packages
WORKDIR /app
COPY package.json package-lock.json ./
# No package that runs needs a script at its installation.
RUN npm ci --omit=dev --ignore-scripts --no-audit --no-fund

FROM node:24-bookworm-slim AS merchant
WORKDIR /app
COPY subgraphs/merchant-template/package.json subgraphs/merchant-template/package-lock.json ./
RUN npm ci --omit=dev --ignore-scripts --no-audit --no-fund
COPY subgraphs/merchant-template ./
ENV NODE_ENV=production
USER 1000:1000
EXPOSE 4100
ENTRYPOINT ["node"]
CMD ["server.js"]

FROM node:24-bookworm-slim AS tongdui
WORKDIR /app
COPY --from=packages /app/node_modules node_modules
COPY package.json LICENSE NOTICE ./
COPY shared shared
COPY subgraphs subgraphs
COPY gateway gateway
# The only folder that is written to: by SQLite, and with the checkpoints of the books.
RUN mkdir -p .data/checkpoints && chown -R 1000:1000 .data
# The cache would be in a folder that goes with the container, and never be read.
ENV NODE_ENV=production NODE_DISABLE_COMPILE_CACHE=1
USER 1000:1000
EXPOSE 4000
# Not through npm or a shell, which would keep the signal to stop for themselves.
ENTRYPOINT ["node"]
CMD ["subgraphs/main.ts"]
