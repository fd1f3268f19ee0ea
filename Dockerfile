# The application alone; docker-compose.yml runs it beside a PostgreSQL of its own.
FROM maven:3-eclipse-temurin-25 AS build
WORKDIR /build
COPY pom.xml .
RUN mvn -B -q dependency:go-offline -DskipTests
COPY src src
RUN mvn -B -q -DskipTests package && java -Djarmode=tools -jar target/closeknit.jar extract --destination extracted

FROM eclipse-temurin:25-jdk
RUN useradd --system --create-home --home-dir /home/closeknit closeknit \
 && mkdir -p /app /data && chown closeknit /app /data
WORKDIR /app
USER closeknit
COPY --from=build --chown=closeknit /build/extracted/ ./
# One start to record what the JVM loads and links; it ends as soon as the application is up. The database of this start
# is the embedded one, in a folder that is thrown away.
RUN java -XX:AOTCacheOutput=app.aot -Dspring.context.exit=onRefresh --enable-native-access=ALL-UNNAMED -jar closeknit.jar \
      --closeknit.data-dir=/tmp/training --closeknit.demo=false \
 && rm -rf /tmp/training
VOLUME /data
EXPOSE 8080
HEALTHCHECK --interval=10s --timeout=5s --start-period=90s --retries=6 \
  CMD ["java", "-XX:TieredStopAtLevel=1", "-cp", "closeknit.jar:lib/*", "io.closeknit.HealthCheck"]
ENTRYPOINT ["java", "-XX:AOTCache=app.aot", "-XX:MaxRAMPercentage=70", "--enable-native-access=ALL-UNNAMED", "-jar", "closeknit.jar", "--closeknit.data-dir=/data"]
