using EgressNet.Netlink.Inet;
using EgressNet.Netlink.Netfilter;
using static EgressNet.Netlink.Errno;

namespace EgressNet.Nat;

/// <summary>The kernel's own count of the elements of a set.</summary>
internal static class ElementCount
{
    /// <summary>Whether the kernel counts the elements of sets without a size, so that
    /// <see cref="NfTransaction.DeleteIfEmpty"/> spares a set with elements: Linux 6.12 does and 6.1 does not. Found out by a
    /// transaction that fails in either case.</summary>
    /// <param name="tables">The kernel's tables.</param>
    public static bool IsKept(NfTablesOperations tables)
    {
        NfSet set = NfSet.OfAddresses(EgressTable.Table, "probe", AddressFamily.IPv4);
        NfTransaction transaction = tables.CreateTransaction();
        transaction.Add(EgressTable.Table, NfAdd.Ensure);
        transaction.Add(set, NfAdd.Ensure);
        transaction.Add(set, NfAdd.Create);
        transaction.Add(set, new NfElement { Key = InetAddress.Unspecified(AddressFamily.IPv4) });
        int deletion = transaction.Count;
        transaction.DeleteIfEmpty(set);
        try
        {
            transaction.Commit();
            return false;
        }
        catch (NfTransactionException refused)
        {
            return refused.Errors.Any(each => each.Index == deletion && each.Error.Errno == EBUSY);
        }
    }
}
