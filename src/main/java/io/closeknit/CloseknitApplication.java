package io.closeknit;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.modulith.Modulithic;

/** Finds micro-influencers whose audience fits a brand, and says why. */
@SpringBootApplication
@Modulithic(systemName = "Closeknit")
public class CloseknitApplication {
    public static void main(String[] args) {
        SpringApplication.run(CloseknitApplication.class, args);
    }
}
