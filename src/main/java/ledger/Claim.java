package ledger;

import java.util.List;
import java.util.UUID;

/**
 * Orders that a pull has taken upon itself for as long as its lease lasts. Others leave them alone until then; what it does
 * after that does no harm, as its token no longer counts.
 *
 * @param looked how many were due, those included whose side had spoken since and which therefore only wait on
 */
public record Claim(UUID token, List<Order> orders, int looked) {

    public Claim of(List<Order> some) {
        return new Claim(token, some, some.size());
    }
}
