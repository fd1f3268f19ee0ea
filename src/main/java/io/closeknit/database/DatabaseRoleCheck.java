package io.closeknit.database;

import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Refuses to start as a role for which PostgreSQL skips row-level security: a superuser, a role with BYPASSRLS, or the
 * owner of our tables.
 */
@Component
class DatabaseRoleCheck implements SmartInitializingSingleton {
    private final JdbcClient jdbc;

    DatabaseRoleCheck(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public void afterSingletonsInstantiated() {
        var role = jdbc.sql("select current_user").query(String.class).single();
        var bypasses = jdbc.sql("select rolsuper or rolbypassrls from pg_roles where rolname = current_user")
                .query(Boolean.class)
                .single();
        var owned = jdbc.sql("""
                        select count(*) from pg_class c
                          join pg_namespace n on n.oid = c.relnamespace
                         where n.nspname = current_schema() and c.relkind = 'r'
                           and pg_has_role(current_user, c.relowner, 'member')
                        """).query(Long.class).single();
        if (bypasses || owned > 0) {
            throw new WrongDatabaseRoleException("The application must not connect as '" + role + "', who "
                    + (bypasses ? "is a superuser or bypasses row-level security" : "owns its tables")
                    + ": the walls between workspaces would not hold.");
        }
    }
}
