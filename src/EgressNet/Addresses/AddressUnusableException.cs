namespace EgressNet.Addresses;

/// <summary>An address that did not become usable and was deleted again.</summary>
internal sealed class AddressUnusableException : Exception
{
    /// <summary>Creates the error.</summary>
    /// <param name="isDuplicate">Whether another host has the address.</param>
    /// <param name="message">What happened.</param>
    public AddressUnusableException(bool isDuplicate, string message) : base(message) => IsDuplicate = isDuplicate;

    /// <summary>Whether another host has the address; otherwise detection took too long.</summary>
    public bool IsDuplicate { get; }
}
