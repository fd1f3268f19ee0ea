package io.closeknit.database;

import java.sql.SQLException;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.jdbc.datasource.DataSourceUtils;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionExecution;
import org.springframework.transaction.TransactionExecutionListener;
import org.springframework.transaction.UnexpectedRollbackException;

/**
 * Tells PostgreSQL, where each transaction begins, whose workspace it works for: the row-level security policies of
 * every table with a {@code workspace_id} compare it with {@code current_setting('closeknit.workspace')}. Nobody
 * signed in means no workspace, and no workspace means no rows.
 */
@Component
class WorkspaceBinding implements TransactionExecutionListener {
    private final ObjectProvider<DataSource> dataSource;
    private final ObjectProvider<WorkspaceSource> workspaces;

    WorkspaceBinding(ObjectProvider<DataSource> dataSource, ObjectProvider<WorkspaceSource> workspaces) {
        this.dataSource = dataSource;
        this.workspaces = workspaces;
    }

    @Override
    public void afterBegin(TransactionExecution transaction, @Nullable Throwable failure) {
        if (failure != null) {
            return;
        }
        Optional<UUID> workspace = workspaces
                .orderedStream()
                .flatMap(source -> source.currentWorkspace().stream())
                .findFirst();
        if (workspace.isEmpty()) {
            return; // the setting is transaction-local, hence unset on every pooled connection
        }
        var connection = DataSourceUtils.getConnection(dataSource.getObject());
        try (var statement = connection.prepareStatement("select set_config('closeknit.workspace', ?, true)")) {
            statement.setString(1, workspace.get().toString());
            statement.execute();
        } catch (SQLException e) {
            throw new UnexpectedRollbackException("The workspace could not be set", e);
        } finally {
            DataSourceUtils.releaseConnection(connection, dataSource.getObject());
        }
    }
}
