package io.closeknit.index;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.stereotype.Component;

/** Part of the readiness: pages and rankings are served only once a complete index answers. */
@Component("index")
class IndexHealth implements HealthIndicator {
    private final IndexKeeper keeper;

    IndexHealth(IndexKeeper keeper) {
        this.keeper = keeper;
    }

    @Override
    public Health health() {
        return (keeper.isReady() ? Health.up() : Health.outOfService()).build();
    }
}
