package io.closeknit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.jdbc.core.simple.JdbcClient;

@SpringBootTest
class ApplicationTests {
    @Autowired
    private JdbcClient jdbc;

    @Test
    void startsAsTheRoleThatRowLevelSecurityBinds() {
        assertThat(jdbc.sql("select current_user").query(String.class).single()).isEqualTo("closeknit_app");
    }
}
