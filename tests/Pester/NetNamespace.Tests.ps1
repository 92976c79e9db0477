BeforeDiscovery {
    . $PSScriptRoot/Support.ps1
    $obstacle = Get-Obstacle
}

Describe "NetNamespace$obstacle" -Skip:([bool] $obstacle) {
    BeforeAll {
        . $PSScriptRoot/Support.ps1
        $stem = Get-NewName 'egns'
        $a, $b, $c = "$stem-a", "$stem-b", "$stem-c"
    }

    AfterEach {
        Remove-IfThere $a, $b, $c
    }

    Context 'New-NetNamespace' {
        It 'makes a namespace that ip netns sees' {
            $made = New-NetNamespace $a
            $made | Should -BeOfType 'EgressNet.NetNamespace'
            Invoke-Ip netns list | ForEach-Object { "$_".Split(' ')[0] } | Should -Contain $a
        }

        It 'says name, path and identity' {
            $made = New-NetNamespace -Name $a
            $made.Name | Should -Be $a
            $made.Path | Should -Be "/run/netns/$a"
            "$($made.Inode)" | Should -Be (stat -Lc %i "/run/netns/$a")
            "$made" | Should -Be $a
        }

        It 'takes names from the pipeline, in order' {
            ($a, $b | New-NetNamespace).Name | Should -Be $a, $b
        }

        It 'takes names by property name' {
            ([pscustomobject]@{ Name = $a } | New-NetNamespace).Name | Should -Be $a
        }

        It 'is an error for a name that is there' {
            Invoke-Ip netns add $a
            $fault = { New-NetNamespace $a -ErrorAction Stop } |
                Should -Throw -ErrorId 'NetNamespaceAlreadyExists,*' -PassThru
            $fault.TargetObject | Should -Be $a
        }

        It 'replaces it with -Force' {
            $old = New-NetNamespace $a
            $new = New-NetNamespace $a -Force
            $new.Inode | Should -Not -Be $old.Inode
        }

        It 'goes on after a bad item, in input order' {
            Invoke-Ip netns add $b
            $made = $a, $b, $c | New-NetNamespace -ErrorAction SilentlyContinue -ErrorVariable fault
            $made.Name | Should -Be $a, $c
            $fault | Should -HaveCount 1
            $fault.TargetObject | Should -Be $b
        }

        It 'makes nothing with -WhatIf' {
            New-NetNamespace $a -WhatIf | Should -BeNullOrEmpty
            "/run/netns/$a" | Should -Not -Exist
        }

        It 'asks nothing with -Confirm:$false' {
            (New-NetNamespace $a -Confirm:$false).Name | Should -Be $a
        }

        It 'refuses the name <_>' -ForEach '..', '.', 'a/b' {
            $name = $_
            $fault = { New-NetNamespace $name -ErrorAction Stop } |
                Should -Throw -ErrorId 'InvalidArgument,*' -PassThru
            $fault.Exception.Message | Should -BeLike "*'$name'*"
        }
    }

    Context 'Get-NetNamespace' {
        BeforeEach {
            Invoke-Ip netns add $a
            Invoke-Ip netns add $b
        }

        It 'lists those that ip netns lists' {
            $names = (Get-NetNamespace).Name
            $names | Should -Contain $a
            $names | Should -Contain $b
        }

        It 'takes a name at position 0, a wildcard and several' {
            (Get-NetNamespace $a).Name | Should -Be $a
            (Get-NetNamespace "$stem-*").Name | Should -Be $a, $b
            (Get-NetNamespace $b, $a).Name | Should -Be $b, $a
        }

        It 'minds the case' {
            Get-NetNamespace "$($stem.ToUpperInvariant())-*" | Should -BeNullOrEmpty
        }

        It 'takes names from the pipeline' {
            ($b, $a | Get-NetNamespace).Name | Should -Be $b, $a
        }

        It 'takes a path and a process id' {
            (Get-NetNamespace "/run/netns/$a").Path | Should -Be "/run/netns/$a"
            "$((Get-NetNamespace $PID).Inode)" | Should -Be (stat -Lc %i /proc/self/ns/net)
        }

        It 'is an error for a literal that is not there' {
            $fault = { Get-NetNamespace $c -ErrorAction Stop } |
                Should -Throw -ErrorId 'NetNamespaceNotFound,*' -PassThru
            $fault.TargetObject | Should -Be $c
            $fault.Exception.Message | Should -BeLike "*$c*"
        }

        It 'is silent for a wildcard that matches nothing' {
            Get-NetNamespace "$c-*" -ErrorAction Stop | Should -BeNullOrEmpty
        }

        It 'goes on after a bad item' {
            $seen = Get-NetNamespace $a, $c, $b -ErrorAction SilentlyContinue -ErrorVariable fault
            $seen.Name | Should -Be $a, $b
            $fault | Should -HaveCount 1
        }
    }

    Context 'Remove-NetNamespace' {
        BeforeEach {
            Invoke-Ip netns add $a
            Invoke-Ip netns add $b
        }

        It 'removes by name, and says nothing' {
            Remove-NetNamespace $a | Should -BeNullOrEmpty
            "/run/netns/$a" | Should -Not -Exist
            "/run/netns/$b" | Should -Exist
        }

        It 'removes by wildcard' {
            Remove-NetNamespace "$stem-*"
            Get-NetNamespace "$stem-*" | Should -BeNullOrEmpty
        }

        It 'removes what Get-NetNamespace emits' {
            Get-NetNamespace $b | Remove-NetNamespace
            (Get-NetNamespace "$stem-*").Name | Should -Be $a
        }

        It 'removes by property name' {
            [pscustomobject]@{ Name = $b } | Remove-NetNamespace
            (Get-NetNamespace "$stem-*").Name | Should -Be $a
        }

        It 'emits what it removed with -PassThru' {
            $gone = Remove-NetNamespace $a, $b -PassThru
            $gone | Should -BeOfType 'EgressNet.NetNamespace'
            $gone.Name | Should -Be $a, $b
        }

        It 'removes nothing with -WhatIf' {
            Remove-NetNamespace $a -WhatIf -PassThru | Should -BeNullOrEmpty
            "/run/netns/$a" | Should -Exist
        }

        It 'asks nothing with -Confirm:$false' {
            Remove-NetNamespace $a -Confirm:$false
            "/run/netns/$a" | Should -Not -Exist
        }

        It 'is an error for a literal that is not there, and goes on' {
            $gone = Remove-NetNamespace $a, $c, $b -PassThru -ErrorAction SilentlyContinue -ErrorVariable fault
            $gone.Name | Should -Be $a, $b
            $fault.FullyQualifiedErrorId |
                Should -Be 'NetNamespaceNotFound,EgressNet.Commands.RemoveNetNamespaceCommand'
            $fault.TargetObject | Should -Be $c
        }

        It 'is silent for a wildcard that matches nothing' {
            Remove-NetNamespace "$c-*" -ErrorAction Stop | Should -BeNullOrEmpty
        }
    }
}
