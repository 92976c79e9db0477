using System.Security.Cryptography;
using EgressNet.Nat;

namespace EgressNet.Tests.Nat;

public sealed class Sha256Tests
{
    [Fact]
    public void It_is_that_of_the_framework()
    {
        for (int length = 0; length < 200; length++)
        {
            byte[] data = RandomNumberGenerator.GetBytes(length);
            Assert.Equal(SHA256.HashData(data), Sha256.HashData(data));
        }
    }
}
