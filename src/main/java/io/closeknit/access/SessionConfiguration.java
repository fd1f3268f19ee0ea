package io.closeknit.access;

import javax.sql.DataSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionOperations;
import org.springframework.transaction.support.TransactionTemplate;

/** Sessions live in PostgreSQL, so that a restart signs nobody out and any node serves anybody. */
@Configuration(proxyBeanMethods = false)
class SessionConfiguration {
    /**
     * Transactions for Spring Session alone, which finds them by this name. The application's own ones ask at their
     * beginning who has signed in, and the answer to that is what is being loaded here.
     */
    @Bean(defaultCandidate = false)
    TransactionOperations springSessionTransactionOperations(DataSource dataSource) {
        var transactions = new TransactionTemplate(new JdbcTransactionManager(dataSource));
        transactions.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
        return transactions;
    }
}
