# Two stages: a static binary, and nothing else in the image.
FROM golang:1.26 AS build
WORKDIR /src
COPY go.mod go.sum ./
RUN go mod download
COPY . .
RUN CGO_ENABLED=0 go build -trimpath -ldflags '-s -w' -o /out/fakegraph . \
 && mkdir -p /out/data

FROM scratch
COPY --from=build /out/fakegraph /fakegraph
COPY --from=build --chown=65532:65532 /out/data /data
ENV FAKEGRAPH_ADDR=0.0.0.0:8880 \
    FAKEGRAPH_TLS_ADDR=0.0.0.0:8843 \
    FAKEGRAPH_CA_DIR=/data/ca
VOLUME /data
EXPOSE 8880 8843
USER 65532:65532
HEALTHCHECK --interval=2s --timeout=3s --start-period=1s --retries=5 CMD ["/fakegraph", "health"]
ENTRYPOINT ["/fakegraph"]
