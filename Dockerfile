# Needs target/distribution: mvn -Pimage package. Without a Docker daemon, Jib makes the same image (see docs/deploying.md).
# The archive for starts fits the Java machine that made it: the base is the JDK that Maven ran on. Another one starts slower.
ARG BASE=eclipse-temurin:25-jdk
FROM ${BASE}
RUN mkdir -p /var/lib/streamforge && chown 10001:10001 /var/lib/streamforge
WORKDIR /opt/streamforge
# From what changes least to what changes most: each a layer
COPY target/distribution/lib lib/
COPY target/distribution/routes routes/
COPY target/distribution/licences licences/
COPY target/distribution/application.properties target/distribution/jvm.options target/distribution/LICENSE target/distribution/bom.json ./
COPY target/distribution/streamforge.jar target/distribution/streamforge.archive ./
ENV DATA_DIR=/var/lib/streamforge LOG_FILE=/var/lib/streamforge/logs/streamforge.log
USER 10001:10001
EXPOSE 8080
VOLUME /var/lib/streamforge
ENTRYPOINT ["java", "@jvm.options", "-jar", "streamforge.jar"]
