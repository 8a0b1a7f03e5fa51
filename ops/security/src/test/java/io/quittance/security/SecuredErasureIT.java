package io.quittance.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.quittance.schema.AuditRecord;
import io.quittance.schema.RequestState;
import io.quittance.security.ground.Parties;
import io.quittance.security.ground.SecuredPipeline;
import io.quittance.security.ground.WithSecuredPipeline;
import org.junit.jupiter.api.Test;

/** With the generated ACLs and nothing more, everybody can do their part. */
@WithSecuredPipeline
class SecuredErasureIT {

    @Test
    void anErasureRunsToItsEndWithEveryoneAllowedWhatTheirPartNeedsAndNothingElse(SecuredPipeline pipeline) {
        var parties = new Parties(pipeline);

        AuditRecord audit = parties.erase(1);

        assertThat(audit.getState()).isEqualTo(RequestState.FULFILLED);
        assertThat(parties.rows(1)).isZero();
        assertThat(parties.rows(2)).isEqualTo(2);
    }
}
