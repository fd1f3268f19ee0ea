package io.closeknit.niche;

import org.springframework.boot.test.context.TestComponent;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Takes away what a test added to the taxonomy; the tests of all modules share it. What a test adds begins with 'Test'. */
@TestComponent
class NicheTables {
    private final JdbcClient jdbc;

    NicheTables(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    void clear() {
        jdbc.sql("update niche set parent_id = null where name like 'Test%'").update();
        var ours = "(select id from niche where name like 'Test%')";
        jdbc.sql("delete from niche_alias where niche_id in " + ours).update();
        jdbc.sql("delete from niche_relation where low_id in " + ours + " or high_id in " + ours)
                .update();
        jdbc.sql("delete from niche where name like 'Test%'").update();
        jdbc.sql("update niche_tree set version = version + 1").update();
    }
}
